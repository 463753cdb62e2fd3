"""`manage.py users ls|add|mod|rm`: accounts from the command line."""

import secrets
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from sharing import accounts
from sharing.models import Account, Role


class Command(BaseCommand):
    help = "Lists, adds, changes and removes accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("ls", help="list the accounts")
        add = actions.add_parser("add", help="add an account; the password is asked for, or made without a terminal")
        change = actions.add_parser("mod", help="change an account")
        for action in (add, change):
            action.add_argument("name")
            action.add_argument("-r", "--role", choices=Role.values)
            action.add_argument("-n", "--display-name", metavar="NAME")
            action.add_argument("-m", "--email")
        change.add_argument("-p", "--password", action="store_true", help="ask for a new password; ends all sessions")
        state = change.add_mutually_exclusive_group()
        state.add_argument("--activate", action="store_true", help="let the account sign in again")
        state.add_argument("--deactivate", action="store_true", help="end its sessions and let it sign in no more")
        actions.add_parser("rm", help="remove an account").add_argument("name")

    def handle(self, *args: Any, **options: Any) -> None:
        act = {"ls": self._list, "add": self._add, "mod": self._change, "rm": self._remove}[options["action"]]
        try:
            act(options)
        except accounts.AccountProblem as problem:
            raise CommandError(str(problem)) from None
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from None

    def _list(self, options: dict[str, Any]) -> None:
        for account in Account.objects.select_related("user").order_by("user__username"):
            state = "" if account.user.is_active else "  deactivated"
            self.stdout.write(f"{account.uid}  {account.user.username:<24}  {account.role:<6}{state}")

    def _add(self, options: dict[str, Any]) -> None:
        password, is_made = self._new_password()
        account = accounts.create_account(
            options["name"],
            password,
            role=options["role"] or Role.USER,
            display_name=options["display_name"] or "",
            email=options["email"] or "",
        )
        self.stdout.write(f"Account “{account.user.username}” added ({account.role}).")
        if is_made:
            self.stdout.write(f"Password: {password}")

    def _change(self, options: dict[str, Any]) -> None:
        account = _account(options["name"])
        if options["role"]:
            accounts.change_role(account, options["role"])
        if options["display_name"] is not None:
            account.display_name = options["display_name"]
            account.save(update_fields=["display_name", "updated_at"])
        if options["email"] is not None:
            account.user.email = options["email"]
            account.user.save(update_fields=["email"])
        self._change_access(account.user, options)
        self.stdout.write(f"Account “{account.user.username}” changed.")

    def _change_access(self, user: User, options: dict[str, Any]) -> None:
        if options["deactivate"]:
            accounts.deactivate(user)
        if options["activate"]:
            accounts.activate(user)
        if options["password"]:
            password, is_made = self._new_password()
            accounts.change_password(user, password)
            if is_made:
                self.stdout.write(f"Password: {password}")

    def _remove(self, options: dict[str, Any]) -> None:
        account = _account(options["name"])
        accounts.remove_account(account.user)
        self.stdout.write(f"Account “{options['name']}” removed.")

    def _new_password(self) -> tuple[str, bool]:
        """Typed twice, never an argument that others could see; without a terminal one is made."""
        if not self.stdout.isatty():
            return secrets.token_urlsafe(12), True
        password = getpass("New password: ")
        if password != getpass("Again: "):
            raise CommandError("The two passwords differ.")
        return password, False


def _account(name: str) -> Account:
    user = User.objects.filter(username__iexact=accounts.clean_name(name)).first()
    if user is None:
        raise CommandError(f"There is no account “{name}”.")
    return accounts.account_of(user)
