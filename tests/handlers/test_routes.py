"""What handler modules declare is collected: no listener or verb is forgotten, and `/recs` is tried first."""

from importlib import import_module
from pkgutil import iter_modules

import handlers
from handlers import recs
from handlers.routes import Routes
from tests.cast import VIC
from tests.handlers.front_door import FrontDoor, front_door


def declared() -> dict[str, Routes]:
    modules = [import_module(f"handlers.{module.name}") for module in iter_modules(handlers.__path__)]
    return {module.__name__: module.routes for module in modules if hasattr(module, "routes")}


def test_each_listener_of_each_module_is_registered(sqlite_url: str) -> None:
    with front_door(sqlite_url) as door:
        door.app.load()
        registered = [function.__module__ for function in _listeners(door)]
    counts = {name: len(routes.listeners) for name, routes in declared().items() if routes.listeners}
    assert {name: registered.count(name) for name in counts} == counts


def test_each_verb_of_each_module_is_found_by_its_command() -> None:
    verbs = [(command, verb) for routes in declared().values() for command, verb in routes.verbs.items()]
    assert len(verbs) == len(dict(verbs)), "no command is answered twice"
    assert {command: recs.verb_of(command) for command, _ in verbs} == dict(verbs)


def test_a_command_is_answered_before_the_rest_is_loaded_and_what_else_comes_loads_it(
    sqlite_url: str,
) -> None:
    with front_door(sqlite_url) as door:
        before = len(_listeners(door))
        assert "Stalking 15" in door.types(VIC, "15")["text"]
        assert len(_listeners(door)) == before
        door.app.load()
        loaded = _listeners(door)
        door.app.load()
        assert before < len(loaded)
        assert _listeners(door) == loaded


def test_the_command_is_tried_before_every_other_listener(sqlite_url: str) -> None:
    with front_door(sqlite_url) as door:
        assert _listeners(door)[0] is recs.recs


def _listeners(door: FrontDoor) -> list[object]:
    return [listener.ack_function for listener in door.app._listeners]
