"""Prints the options table: `manage.py show_config [--format md|csv|json] [--without-values]`."""

import csv
import json
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from photoprism_site.env import OPTIONS
from photoprism_site.option_rules import Option, shown

MASK = "********"


class Command(BaseCommand):
    help = "Prints every option with its value, its default and what it does; secrets are masked."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["md", "csv", "json"], default="md")
        parser.add_argument("--without-values", action="store_true", help="Only what holds on every machine")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [row_of(option, with_value=not options["without_values"]) for option in OPTIONS]
        if options["format"] == "json":
            self.stdout.write(json.dumps(rows, indent=2))
        elif options["format"] == "csv":
            self._write_csv(rows)
        else:
            self.stdout.write(markdown(rows))

    def _write_csv(self, rows: list[dict[str, str]]) -> None:
        writer = csv.DictWriter(self.stdout, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def row_of(option: Option, *, with_value: bool) -> dict[str, str]:
    """Name, value, default, what is allowed and help of one option, as texts."""
    value = {"value": shown_value(option)} if with_value else {}
    allowed = option.allowed if option.allowed != "a text" else ""
    return {
        "name": option.name,
        **value,
        "default": option.default_text,
        "allowed": allowed,
        "help": option.rule.help,
    }


def shown_value(option: Option) -> str:
    value = getattr(settings.OPTIONS, option.field)
    return MASK if option.rule.is_secret and value else shown(value)


def markdown(rows: list[dict[str, str]]) -> str:
    """A Markdown table with a heading line; the names stand as code."""
    lines = [_line(name.capitalize() for name in rows[0]), _line("---" for _ in rows[0])]
    lines += [_line(f"`{text}`" if key == "name" else text for key, text in row.items()) for row in rows]
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
