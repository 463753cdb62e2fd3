"""YAML that may come from strangers: texts, lists and maps only, within limits; no tags, no aliases."""

from typing import Any, Final

import yaml

MAX_LENGTH: Final = 1_000_000  # characters
MAX_NODES: Final = 20_000
MAX_DEPTH: Final = 12


class NotYaml(ValueError):
    """The text is not the YAML it claims to be, or asks for more than a picture needs."""


class _Loader(yaml.BaseLoader):
    """Every scalar stays a text, so that nothing is guessed from it."""

    nodes = 0
    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self.nodes += 1
        if self.check_event(yaml.AliasEvent):
            raise NotYaml("The YAML file repeats parts of itself.")
        if self.nodes > MAX_NODES or self.depth >= MAX_DEPTH:
            raise NotYaml("The YAML file is nested too deeply or too large.")
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


def read_yaml(text: str) -> Any:
    """Maps, lists and texts of a YAML document. Raises NotYaml."""
    if len(text) > MAX_LENGTH:
        raise NotYaml("The YAML file is too large.")
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - makes texts only
    except NotYaml:
        raise
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise NotYaml("The file is not readable YAML.") from error
