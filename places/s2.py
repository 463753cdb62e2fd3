"""Pure: positions to S2 cell tokens and back, ranges of tokens, neighbours."""

import math

import s2cell

PREFIX = "s2:"
# A level 21 cell is about 5 metres wide: one photo spot.
LEVEL = 21
# The edge of one of the six faces of the globe; each level halves it.
_FACE_KM = 7842


def cell_id(lat: float, lng: float, level: int = LEVEL) -> str:
    """The token of the cell at a position in degrees, such as "4799e370ca5c".

    Empty for 0, 0, which stands for an unknown position, and for anything off the globe.
    """
    if (lat, lng) == (0, 0) or not (-90 <= lat <= 90 and -180 <= lng <= 180):
        return ""
    return str(s2cell.lat_lon_to_token(lat, lng, level))


def prefixed_cell_id(lat: float, lng: float, level: int = LEVEL) -> str:
    """As stored, "s2:4799e370ca5c"; empty for an unknown position."""
    return with_prefix(cell_id(lat, lng, level))


def position(token: str) -> tuple[float, float]:
    """Latitude and longitude of the middle of a cell; 0, 0 for what is not a token."""
    token = without_prefix(token)
    if not is_token(token):
        return 0.0, 0.0
    lat, lng = s2cell.token_to_lat_lon(token)
    return lat, lng


def token_range(token: str, level: int) -> tuple[str, str]:
    """The first token of a neighbourhood and the first behind it, as text to compare.

    The neighbourhood is the cell's ancestor at `level` and the ancestor before it on the curve.
    Both are empty for what is not a token.
    """
    token = without_prefix(token)
    if not is_token(token):
        return "", ""
    cell = s2cell.token_to_cell_id(token)
    own_level = s2cell.cell_id_to_level(cell)
    ancestor = s2cell.cell_id_to_parent_cell_id(cell, min(max(level, 0), own_level))
    half = _lowest_bit(ancestor)
    first, behind = max(ancestor - 3 * half, 0), min(ancestor + half, 6 << 61)
    smallest = 1 << 2 * (30 - own_level)
    return s2cell.cell_id_to_token(first + smallest), s2cell.cell_id_to_token(behind + smallest)


def _lowest_bit(cell: int) -> int:
    return cell & -cell


def prefixed_range(token: str, level: int) -> tuple[str, str]:
    first, behind = token_range(token, level)
    return with_prefix(first), with_prefix(behind)


def cells_within(token: str) -> tuple[str, str]:
    """The first stored id of a cell and all smaller ones in it, and the first behind them; empty for no token."""
    token = without_prefix(token)
    if not is_token(token):
        return "", ""
    cell = s2cell.token_to_cell_id(token)
    half = _lowest_bit(cell)
    first, behind = s2cell.cell_id_to_token(cell - half + 1), s2cell.cell_id_to_token(cell + half)
    return with_prefix(first), with_prefix(behind)


def width_km(token: str) -> float:
    """About how wide a cell is; 0 for what is not a token."""
    token = without_prefix(token)
    return _FACE_KM / 2 ** int(s2cell.token_to_level(token)) if is_token(token) else 0.0


def level_for(km: float) -> int:
    """The level whose cells are about as wide as a distance, never finer than a stored cell."""
    if km <= 0:
        return LEVEL
    return min(max(math.ceil(math.log2(_FACE_KM / km)), 0), LEVEL)


def neighbours(token: str) -> list[str]:
    """The tokens of the cells that share an edge with this one; none for what is not a token."""
    token = without_prefix(token)
    if not is_token(token):
        return []
    cells = s2cell.cell_id_to_neighbor_cell_ids(s2cell.token_to_cell_id(token), corner=False)
    return [s2cell.cell_id_to_token(cell) for cell in cells]


def is_token(token: str) -> bool:
    try:
        return len(token) <= 16 and bool(s2cell.token_is_valid(token))
    except (s2cell.InvalidToken, ValueError):
        return False


def with_prefix(token: str) -> str:
    return token if not token or token.startswith(PREFIX) else PREFIX + token


def without_prefix(token: str) -> str:
    return token.removeprefix(PREFIX)
