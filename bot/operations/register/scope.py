"""What of the register a lookup is about."""

from msgspec import Struct

from bot.domain.questions.grammar.command import command_of


class LookupScope(Struct, frozen=True):
    """`name` is what is said of it, `typed` what is typed for it; both are empty for everything. It is
    narrowed to recommendations (`ids`), to bodies (`codes`), to both, or not at all."""

    name: str = ""
    typed: str = ""
    ids: tuple[str, ...] | None = None
    codes: tuple[str, ...] | None = None

    @property
    def is_everything(self) -> bool:
        return self.ids is None and self.codes is None

    def command(self, verb: str) -> str:
        """Return the command that asks for the same again."""
        return command_of(verb, self.typed)
