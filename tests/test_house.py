"""The house rules as tests: names, captions, the one door to photos, templates under a strict policy, options told."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from unittest import TestCase

from library.plugs import LISTS, plugged, plugged_modules
from photoprism_site import wiring
from photoprism_site.env import OPTIONS

ROOT = Path(__file__).resolve().parent.parent
APPS = ("photoprism_site", "sharing", "albums", "faces", "library", "places")
BANNED = {"utils", "helpers", "common", "misc", "services", "managers", "handlers", "core", "base"}
SHORTEST_CAPTION = 10


def modules() -> Iterator[Path]:
    for app in APPS:
        yield from (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


class ModuleTest(TestCase):
    def test_each_module_starts_with_its_caption(self) -> None:
        for path in (*modules(), *(ROOT / "tests").rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            with self.subTest(shown(path)):
                first = (ast.get_docstring(tree) or "").partition("\n")[0]
                self.assertTrue(not tree.body or (len(first) >= SHORTEST_CAPTION and first[-1] in ".:!?"))

    def test_no_module_has_a_name_that_says_nothing(self) -> None:
        self.assertEqual([shown(path) for path in modules() if path.stem in BANNED], [])

    def test_no_line_names_a_folder_of_somebodys_machine(self) -> None:
        pattern = re.compile(r"/(?:root|home/\w+|work)/")
        told = [shown(path) for path in modules() if pattern.search(path.read_text(encoding="utf-8"))]
        self.assertEqual(told, [])


class DoorTest(TestCase):
    def test_pages_and_api_reach_photos_by_search_only(self) -> None:
        direct = re.compile(r"\b(?:Photo|File)\.(?:objects|_default_manager)\b")
        delivery = [path for path in modules() if path.stem in {"api", "views"} or "api" in path.parts]
        passing_by = [shown(path) for path in delivery if direct.search(path.read_text(encoding="utf-8"))]
        self.assertEqual(passing_by, [])

    def test_every_api_view_says_who_may_use_it(self) -> None:
        silent = []
        for path in modules():
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and _is_api_view(node) and not _says_who(node):
                    silent.append(f"{shown(path)}: {node.name}")
        self.assertEqual(silent, [])


class WiringTest(TestCase):
    def test_each_wired_path_imports(self) -> None:
        for name in LISTS:
            with self.subTest(name):
                resolve = plugged_modules if name in ("SEARCH_FILTERS", "SEARCH_NAMES") else plugged
                self.assertEqual(len(resolve(name)), len(getattr(wiring, name)))


class TemplateTest(TestCase):
    def test_no_style_or_handler_is_written_into_an_element(self) -> None:
        inline = re.compile(r"<[^>]*\s(?:style|on[a-z]+)=", re.IGNORECASE)
        self.assertEqual([shown(path) for path in templates() if inline.search(path.read_text(encoding="utf-8"))], [])

    def test_no_script_or_style_is_written_into_a_page(self) -> None:
        script = re.compile(r"<script(?![^>]*(?:\ssrc=|type=\"application/json\"))|<style", re.IGNORECASE)
        self.assertEqual([shown(path) for path in templates() if script.search(path.read_text(encoding="utf-8"))], [])

    def test_nothing_is_loaded_from_another_site(self) -> None:
        foreign = re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.IGNORECASE)
        self.assertEqual([shown(path) for path in templates() if foreign.search(path.read_text(encoding="utf-8"))], [])


class OptionTest(TestCase):
    def test_each_option_says_what_it_is_for(self) -> None:
        self.assertEqual([option.name for option in OPTIONS if len(option.rule.help) < SHORTEST_CAPTION], [])

    def test_the_readme_has_each_option(self) -> None:
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        self.assertEqual([option.name for option in OPTIONS if f"`{option.name}`" not in readme], [])


def _is_api_view(node: ast.ClassDef) -> bool:
    return any(isinstance(parent, ast.Name) and parent.id == "APIView" for parent in node.bases)


def _says_who(node: ast.ClassDef) -> bool:
    """By a list, or by a method that chooses; a base whose name starts with _ leaves it to its children."""
    assigned = {
        target.id
        for part in node.body
        if isinstance(part, ast.Assign)
        for target in part.targets
        if isinstance(target, ast.Name)
    }
    methods = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
    return node.name.startswith("_") or "permission_classes" in assigned or "get_permissions" in methods
