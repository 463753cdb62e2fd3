"""The options table and how the environment is read."""

import stat
from dataclasses import FrozenInstanceError
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from django.test import SimpleTestCase

from photoprism_site import env
from photoprism_site.env import OPTIONS, Options, load
from photoprism_site.option_rules import WrongOption, shown


def read(**given: str) -> Options:
    return load({f"PHOTOPRISM_{name}": value for name, value in given.items()}, root=Path("/home/anna"))


class TableTest(SimpleTestCase):
    def test_every_option_has_help_and_a_section(self) -> None:
        for option in OPTIONS:
            self.assertTrue(option.rule.help and option.rule.section, option.name)

    def test_every_number_has_bounds_that_hold_its_default(self) -> None:
        for option in OPTIONS:
            if option.kind is int and option.field != "workers":
                lowest, highest = option.rule.lowest, option.rule.highest
                assert lowest is not None and highest is not None, option.name
                self.assertLessEqual(lowest, option.default, option.name)
                self.assertLessEqual(option.default, highest, option.name)

    def test_every_default_may_also_be_written(self) -> None:
        for option in OPTIONS:
            if option.kind is not Path and option.field != "workers":
                given = read(**{option.field.upper(): shown(option.default)})
                self.assertEqual(getattr(given, option.field), getattr(read(), option.field), option.name)

    def test_options_cannot_be_changed(self) -> None:
        with self.assertRaises(FrozenInstanceError):
            read().debug = True  # type: ignore[misc]

    def test_secrets_are_not_shown(self) -> None:
        self.assertNotIn("hunter2hunter2", repr(read(ADMIN_PASSWORD="hunter2hunter2")))


class ValuesTest(SimpleTestCase):
    def test_values_have_types(self) -> None:
        options = read(HTTP_PORT="8080", READONLY="Yes", ORIGINALS_PATH="/srv/photos")
        self.assertEqual(
            (options.http_port, options.readonly, options.originals_path), (8080, True, Path("/srv/photos"))
        )

    def test_an_empty_value_is_no_value(self) -> None:
        self.assertEqual(read(HTTP_PORT=" ").http_port, 2342)

    def test_folders_lie_in_the_storage_folder(self) -> None:
        self.assertEqual(read(STORAGE_PATH="x").cache_path, Path("/home/anna/x/cache"))

    def test_other_spellings_of_a_database_are_known(self) -> None:
        for given, driver in (("MariaDB", "mysql"), ("postgresql", "postgres"), ("sqlite3", "sqlite")):
            self.assertEqual(read(DATABASE_DRIVER=given).database_driver, driver)

    def test_public_is_another_name_for_the_public_mode(self) -> None:
        self.assertTrue(read(PUBLIC="true").is_public)
        self.assertFalse(read(PUBLIC="true", AUTH_MODE="password").is_public)

    def test_index_workers_is_another_name_for_workers(self) -> None:
        self.assertEqual(read(INDEX_WORKERS="3").workers, 3)

    def test_half_of_the_cores_work_by_default(self) -> None:
        with mock.patch.object(env, "_count_cores", return_value=8):
            self.assertEqual(read().workers, 4)

    def test_the_site_is_reached_under_its_own_names_only(self) -> None:
        options = read(SITE_URL="https://photos.example.com:8443/", SITE_HOSTS="nas.local, 10.0.0.2")
        self.assertEqual(options.trusted_origins, ["https://photos.example.com:8443"])
        self.assertEqual(options.allowed_hosts[0], "photos.example.com")
        self.assertEqual(options.allowed_hosts[-2:], ["nas.local", "10.0.0.2"])
        self.assertTrue(options.is_https)

    def test_unknown_names_are_told(self) -> None:
        given = {"PHOTOPRISM_ORIGINAL_PATH": "x", "PHOTOPRISM_ADMIN_PASSWORD_FILE": "x", "PHOTOPRISM_PUBLIC": "1"}
        self.assertEqual(env.unknown_names(given), ["PHOTOPRISM_ORIGINAL_PATH"])


class WrongValuesTest(SimpleTestCase):
    def test_a_wrong_value_is_refused_with_what_is_allowed(self) -> None:
        with self.assertRaises(WrongOption) as raised:
            read(HTTP_PORT="70000")
        self.assertEqual(
            str(raised.exception),
            "PHOTOPRISM_HTTP_PORT is “70000”, which is not allowed; it must be a whole number from 1 to 65535.",
        )

    def test_a_wrong_secret_is_not_shown(self) -> None:
        with self.assertRaises(WrongOption) as raised:
            read(ADMIN_PASSWORD="short")
        self.assertNotIn("“short”", str(raised.exception))

    def test_many_wrong_values_are_refused(self) -> None:
        wrong = {
            "AUTH_MODE": "none",
            "DATABASE_DRIVER": "oracle",
            "DATABASE_DSN": "nothing",
            "DEBUG": "perhaps",
            "DEFAULT_LOCALE": "deutsch!",
            "DEFAULT_TIMEZONE": "Europe/Atlantis",
            "JPEG_QUALITY": "101",
            "LOG_LEVEL": "loud",
            "REDIS_URL": "localhost:6379",
            "SECRET_KEY": "short",
            "SITE_URL": "photos.example.com",
            "TRUSTED_PROXY": "10.0.0.0/99",
            "WORKERS": "-1",
        }
        for name, value in wrong.items():
            given = {"DATABASE_DRIVER": "mysql", name: value} if name == "DATABASE_DSN" else {name: value}
            with self.assertRaisesMessage(WrongOption, f"PHOTOPRISM_{name} "):
                read(**given)


class FilesTest(SimpleTestCase):
    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def test_the_environment_wins_over_the_file(self) -> None:
        file = self.folder / ".env"
        file.write_text("# mine\nexport PHOTOPRISM_HTTP_PORT=1 # one\nPHOTOPRISM_SITE_TITLE='Our # pictures'\n")
        options = load({"PHOTOPRISM_HTTP_PORT": "2"}, env_file=file)
        self.assertEqual((options.http_port, options.site_title), (2, "Our # pictures"))

    def test_a_secret_may_lie_in_a_file(self) -> None:
        file = self.folder / "password"
        file.write_text("correct horse\n")
        self.assertEqual(read(DATABASE_PASSWORD_FILE=str(file)).database_password, "correct horse")

    def test_a_missing_secret_file_is_named(self) -> None:
        with self.assertRaisesMessage(WrongOption, "PHOTOPRISM_ADMIN_PASSWORD_FILE is “/nowhere/x”"):
            read(ADMIN_PASSWORD_FILE="/nowhere/x")

    def test_a_key_is_made_once_for_its_owner_only(self) -> None:
        environ = {"PHOTOPRISM_STORAGE_PATH": str(self.folder / "storage"), "PHOTOPRISM_ENV_FILE": "/dev/null"}
        with mock.patch.dict("os.environ", environ, clear=True):
            first, second = env.read_options(), env.read_options()
        self.assertEqual(first.secret_key, second.secret_key)
        self.assertEqual(stat.S_IMODE((self.folder / "storage/secret_key").stat().st_mode), 0o600)
        self.assertEqual(len(list((self.folder / "storage").iterdir())), 1)


class DatabaseTest(SimpleTestCase):
    def test_a_server_has_the_usual_names(self) -> None:
        options = read(DATABASE_DRIVER="postgres")
        self.assertEqual((options.database_server, options.database_name), ("localhost", "photoprism"))

    def test_a_url_says_all(self) -> None:
        options = read(DATABASE_DSN="postgres://anna:p%40ss@db:5433/pictures")
        self.assertEqual((options.database_driver, options.database_server), ("postgres", "db:5433"))
        self.assertEqual((options.database_user, options.database_password), ("anna", "p@ss"))
        self.assertEqual(options.database_name, "pictures")

    def test_a_dsn_as_photoprism_writes_it_says_all(self) -> None:
        options = read(DATABASE_DRIVER="mariadb", DATABASE_DSN="anna:p@ss@tcp(db:3307)/pictures?charset=utf8mb4")
        self.assertEqual((options.database_user, options.database_password), ("anna", "p@ss"))
        self.assertEqual((options.database_server, options.database_name), ("db:3307", "pictures"))

    def test_an_address_of_mysql_is_no_file_where_no_driver_is_named(self) -> None:
        options = read(DATABASE_DSN="anna:secret@tcp(db)/pictures")
        self.assertEqual((options.database_driver, options.database_name), ("mysql", "pictures"))

    def test_a_sqlite_file_lies_in_the_storage_folder(self) -> None:
        self.assertEqual(read(DATABASE_DSN="my.db?_busy_timeout=5000").database_name, "/home/anna/storage/my.db")
