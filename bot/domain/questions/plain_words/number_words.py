"""Numbers that are written as words: "three", "nineteen", "sixty"."""

_TO_NINETEEN = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TO_NINETEEN = {word: number for number, word in enumerate(_TO_NINETEEN.split(), start=1)}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
