"""Models that come inside of packages: found without importing these, and compared with what they have to be."""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path


class NotThere(Exception):
    """The package is not installed, or its model is another one; the text says which."""


@dataclass(frozen=True, slots=True)
class PackagedModel:
    """A file of a package, and the SHA-256 that it must have."""

    package: str
    name: str
    sha256: str

    def read(self) -> bytes:
        """The bytes of the model. Raises NotThere."""
        spec = find_spec(self.package)
        if spec is None or not spec.submodule_search_locations:
            raise NotThere(f"the package {self.package} is not installed")
        path = Path(next(iter(spec.submodule_search_locations))) / self.name
        try:
            content = path.read_bytes()
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise NotThere(f"the model {path.name} of {self.package} is missing or another one")
        return content
