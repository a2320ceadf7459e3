"""The states of an addressee by what is stored of them: an enum takes longer to find its member."""

from bot.domain.register.addressee import Answer, Stage

ANSWERS = {answer.value: answer for answer in Answer}
STAGES = {stage.value: stage for stage in Stage}
