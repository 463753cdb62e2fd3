"""Keywords: the words of a text or file name worth searching for."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath
from typing import Final

MIN_LATIN_LETTERS: Final = 3

# Words that say nothing about a picture: articles, prepositions, the verbs of every day.
_ENGLISH: Final = """
    about above after again all also and any are because been before being below between both but can did does
    doing down during each few for from further had has have having her here hers herself him himself his how
    into its itself just more most myself nor not now off once only other our ours ourselves out over own same
    she should some such than that the their theirs them themselves then there these they this those through too
    under until very was were what when where which while who whom why will with would you your yours
"""
_GERMAN: Final = """
    aber alle allem allen aller alles als also ander andere anderem anderen anderer anderes auch auf aus bei bin
    bis bist dann das dass dasselbe dazu dein deine deinem deinen deiner deines dem den denn der derer des
    dessen dich die dies diese diesem diesen dieser dieses dir doch dort durch ein eine einem einen einer eines
    einige einmal euch euer eure eurem euren eurer für gegen gewesen hab habe haben hat hatte hatten hier hin
    hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer ihres indem ist jede jedem jeden jeder jedes jene jenem
    jenen jener jenes jetzt kann kein keine keinem keinen keiner können könnte machen man manche mein meine
    meinem meinen meiner mich mir mit muss musste nach nicht nichts noch nun nur ob oben oder ohne sehr sein
    seine seinem seinen seiner selbst sich sie sind solche soll sollte sondern sonst und uns unser unsere unter
    viel vom von vor war waren warst was weg weil weiter welche wenn werde werden wie wieder will wir wird wirst
    wollen wollte würde würden zum zur zwar zwischen über
"""
_FRENCH: Final = """
    aux avec ces cet cette ceux comme dans des donc elle elles est eux ils les leur leurs lui mais mes mon même
    nos notre nous ont par pas pour que quel quelle qui sans ses son sont sur ton une vos votre vous était être
"""
_SPANISH_ITALIAN_DUTCH: Final = """
    alla alle anche ante che chi coi col come como con cual cuando cui dal dalla dat degli dei del della delle
    dello desde deze dit donde door dove een ella ellos entre era esa ese eso esta este esto gli hanno hasta het
    las loro los ma maar met mis muy más naar nada nei nel nella nelle niet non nos ook otra otro para per pero
    più poco por porque quale quanto quella quello questa questo sin sobre son sono sua sue sul sulla suo sus
    también tra tras tua tus uit una uno unos van voor ya zijn
"""
_FILE_NAMES: Final = """
    arw avi avif backup bak bmp cache camera copy cr2 crop cropped data datei dateien dcim default desktop dng
    doc docs document documents download downloads dsc dscf dscn edit edited export exported extern external
    file files folder folders gif heic heif home html http https images img import imported info jpeg jpg json
    kopie mov mp4 mpg mts nef neu new null old ordner original originals photo photos pic pics picture pictures
    png psd raw resized rw2 sample scaled screen share shared size small snapshot stack storage temp test thumb
    thumbnail thumbnails tif tiff tmp tools txt unknown unsorted untitled upload uploads user users usr var
    version vid video videos web webp wp www xml xmp yaml yml zip
"""
STOP_WORDS: Final = frozenset(f"{_ENGLISH} {_GERMAN} {_FRENCH} {_SPANISH_ITALIAN_DUTCH} {_FILE_NAMES}".split())

_WORD: Final = re.compile(r"[^\W_](?:[^\W_]|(?<=\w)['’.\-](?=\w))*", re.UNICODE)
_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th|s)", re.IGNORECASE)
_VOWEL: Final = re.compile(r"[aeiouyäöüáàâãåæéèêëíìîïóòôõøœúùûýăąęěőůűı]", re.IGNORECASE)


def words(text: str) -> list[str]:
    """The words of a text as written, hyphens and apostrophes inside kept; numbers dropped."""
    found = (match.group() for match in _WORD.finditer(unicodedata.normalize("NFC", text)))
    return [word for word in found if _is_word(word)]


def keywords(text: str) -> list[str]:
    """The words of a text worth searching for, in small letters, in their order."""
    return [word for word in (found.lower() for found in words(text)) if not is_stop_word(word)]


def file_keywords(path: str) -> list[str]:
    """The keywords of a file name and its folders, split at every mark."""
    stem = str(PurePath(path).with_suffix("")) if path else ""
    return keywords(re.sub(r"[-_/\\.'’]+", " ", stem))


def unique_words(found: Iterable[str]) -> list[str]:
    """Each word once, in small letters and sorted; words of one Latin letter dropped."""
    lowered = {word.strip().lower() for word in found}
    return sorted(word for word in lowered if len(word) >= MIN_LATIN_LETTERS or (word and not _is_latin(word)))


def unique_keywords(text: str) -> list[str]:
    """The keywords of a comma list or text, each once and sorted."""
    return unique_words(keywords(text))


def remove_words(found: Iterable[str], unwanted: str) -> list[str]:
    """The words without those of a text, each once and sorted."""
    return sorted(set(unique_words(found)) - set(unique_words(words(unwanted))))


def is_stop_word(word: str) -> bool:
    """Whether a word says nothing about a picture."""
    lowered = word.lower()
    too_short = _is_latin(lowered) and len(lowered) < MIN_LATIN_LETTERS
    return too_short or lowered in STOP_WORDS or is_unknown_word(lowered)


def stop_words_only(text: str) -> bool:
    """Whether no word of a text is worth searching for."""
    return not keywords(text)


def is_unknown_word(word: str) -> bool:
    """Whether Latin letters make no word, as in "xqx": no vowel and no number."""
    return word.isalpha() and _is_latin(word) and len(word) <= 3 and not _VOWEL.search(word)


def _is_word(word: str) -> bool:
    if not any(char.isalpha() for char in word) or (word[0].isdigit() and not _is_named_number(word)):
        return False
    return len(word) > 1 or not _is_latin(word)


def _is_named_number(word: str) -> bool:
    """Whether a word that starts with a digit is still a word: "1st", "80s", "3d-print"."""
    return _ORDINAL.fullmatch(word) is not None or sum(char.isalpha() for char in word) >= MIN_LATIN_LETTERS


def _is_latin(word: str) -> bool:
    return all(ord(char) < 0x250 for char in word)
