"""`/recs help`, `/recs help accept`: what can be typed."""

from bot.domain.questions.grammar import reader
from bot.domain.questions.grammar.typed_commands import Help
from bot.domain.questions.grammar.verbs import VERB_OF, VERBS
from bot.domain.register.people import Request
from bot.operations.questions import help as operation
from bot.operations.questions import offers
from bot.operations.request.context import Services
from bot.rendering.blocks.questions import help as blocks
from bot.rendering.screen import Screen
from handlers.routes import Routes

routes = Routes()


@routes.verb(Help)
def help(services: Services, request: Request, command: Help) -> Screen:
    asking, example_names = operation.asking(services.store, request)
    verb = VERB_OF[command.verb] if command.verb else None
    verbs = (verb,) if verb else VERBS
    by_need = verb is None and command.page == 1
    examples = blocks.examples(asking, example_names, None if by_need else verbs)
    names = services.names.current()
    working = offers.that_work(
        services.store, request, lambda command: reader.read(command, names, request.today), examples
    )
    if verb:
        return blocks.one_verb(asking, example_names, verb, working)
    if by_need:
        return blocks.by_need(asking, example_names, working)
    return blocks.everything(asking, example_names, VERBS, working)
