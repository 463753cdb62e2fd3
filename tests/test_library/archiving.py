"""Archives a quarter of the photos of one day, one by one; run several times at once by a test.

python archiving.py make | 0 | 1 | 2 | 3 | count
"""

import sys

import django

django.setup()

from django.contrib.auth.models import User

from library import states
from library.models import DayCount, Photo
from sharing.accounts import account_of, add_account
from sharing.grants import grant_for_account
from tests.make import make_photo

PHOTOS, SHARE = 42, 10


def main(task: str) -> None:
    if task == "make":
        add_account("admin", "a-long-and-good-passphrase", role="admin")
        for _ in range(PHOTOS):
            make_photo()
    elif task == "count":
        counted = DayCount.objects.get(owner_key=0)
        print(counted.photos, counted.archived)
    else:
        grant = grant_for_account(account_of(User.objects.get(username="admin")))
        uids = list(Photo.objects.order_by("pk").values_list("uid", flat=True))
        for uid in uids[int(task) * SHARE : (int(task) + 1) * SHARE]:
            states.archive([uid], grant)


main(sys.argv[1])
