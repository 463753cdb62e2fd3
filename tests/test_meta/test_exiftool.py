"""ExifTool's records to Metadata."""

from datetime import UTC, datetime, timedelta

from django.test import SimpleTestCase
from hypothesis import given
from hypothesis import strategies as st

from library.meta.exiftool import from_exiftool

KEYS = st.sampled_from(
    ["ExifIFD:DateTimeOriginal", "Composite:GPSLatitude", "Composite:GPSLongitude", "GPS:GPSAltitude"]
)


class ExifToolTest(SimpleTestCase):
    def test_composite_dates_carry_fraction_and_offset(self) -> None:
        record = {
            "ExifIFD:DateTimeOriginal": "2019:03:21 11:04:22",
            "Composite:SubSecDateTimeOriginal": "2019:03:21 11:04:22.5-05:00",
        }
        metadata = from_exiftool(record)
        self.assertEqual(metadata.taken_at, datetime(2019, 3, 21, 16, 4, 22, 500_000, tzinfo=UTC))

    def test_videos_are_dated_in_utc(self) -> None:
        metadata = from_exiftool({"File:MIMEType": "video/mp4", "QuickTime:CreateDate": "2019:07:24 08:25:57"})
        self.assertEqual((metadata.taken_at, metadata.time_zone), (datetime(2019, 7, 24, 8, 25, 57, tzinfo=UTC), "UTC"))

    def test_a_phone_tells_the_wall_clock_of_its_videos(self) -> None:
        record = {
            "File:MIMEType": "video/quicktime",
            "QuickTime:CreateDate": "2019:07:24 08:25:57",
            "Keys:CreationDate": "2019:07:24 11:25:40+03:00",
            "QuickTime:Duration": 2.5,
        }
        metadata = from_exiftool(record)
        self.assertEqual(metadata.taken_at_local, datetime(2019, 7, 24, 11, 25, 40, tzinfo=UTC))
        self.assertEqual((metadata.time_zone, metadata.duration), ("UTC+3", timedelta(seconds=2.5)))

    def test_the_utc_clock_of_a_video_completes_its_wall_clock(self) -> None:
        def zone(local: str) -> tuple[str, datetime | None]:
            metadata = from_exiftool(
                {
                    "File:MIMEType": "video/mp4",
                    "QuickTime:CreateDate": "2019:07:24 08:25:57",
                    "XMP-exif:DateTimeOriginal": local,
                }
            )
            return metadata.time_zone, metadata.taken_at_local

        wall_clock = datetime(2019, 7, 24, 10, 26, 3, tzinfo=UTC)
        self.assertEqual(zone("2019:07:24 10:26:03"), ("UTC+2", wall_clock))
        self.assertEqual(zone("2019:07:24 08:25:57")[0], "")
        self.assertEqual(zone("2012:01:01 00:00:05"), ("UTC", datetime(2019, 7, 24, 8, 25, 57, tzinfo=UTC)))

    def test_the_sign_of_a_position_comes_from_its_reference(self) -> None:
        record = {
            "GPS:GPSLatitude": 41.2203,
            "GPS:GPSLatitudeRef": "S",
            "GPS:GPSLongitude": 96.071625,
            "GPS:GPSLongitudeRef": "W",
            "Composite:GPSLatitude": -41.2203,
            "Composite:GPSLongitude": -96.071625,
        }
        metadata = from_exiftool(record)
        self.assertEqual((metadata.lat, metadata.lng), (-41.2203, -96.071625))

    def test_the_thumbnail_does_not_speak_for_the_picture(self) -> None:
        record = {"IFD1:Orientation": 8, "IFD0:Orientation": 6, "IFD1:ImageWidth": 160, "File:ImageWidth": 4000}
        metadata = from_exiftool(record)
        self.assertEqual((metadata.orientation, metadata.width), (6, 4000))

    def test_the_size_of_the_file_beats_the_one_exif_claims(self) -> None:
        self.assertEqual(from_exiftool({"IFD0:ImageWidth": 5184, "File:ImageWidth": 600}).width, 600)

    def test_converted_apex_values_are_not_converted_again(self) -> None:
        record = {"ExifIFD:ShutterSpeedValue": 0.004, "Composite:ShutterSpeed": 0.004, "Composite:Aperture": 2.8}
        metadata = from_exiftool(record)
        self.assertEqual((metadata.exposure, metadata.f_number), ("1/250", 2.8))

    def test_an_hdr_photo_says_so(self) -> None:
        metadata = from_exiftool({"Apple:HDRImageType": 3})
        self.assertEqual((metadata.hdr, metadata.image_type), (True, "HDR"))

    @given(st.dictionaries(KEYS | st.text(), st.none() | st.integers() | st.floats() | st.text() | st.lists(st.text())))
    def test_no_record_can_break_the_reader(self, record: dict[str, object]) -> None:
        from_exiftool(record)
