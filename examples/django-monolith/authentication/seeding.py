"""Seeds users: a dozen known ones, more by scale. All share one documented password."""

from datetime import timedelta

from django.contrib.auth.models import Group
from rest_framework.authtoken.models import Token

from authentication.hashers import QuickPBKDF2PasswordHasher
from authentication.models import LastSeen, LoginEvent, User, UserProfile
from core.seeding import BATCH_ROWS, CLOCK

DEMO_PASSWORD = "demo-password-1815"
DEMO_SALT = "demo-salt-for-seeding"
STAFF = "grace"
COMPLIANCE = "hedy"
NAMES = [
    "ada",
    "grace",
    "hedy",
    "alan",
    "barbara",
    "claude",
    "donald",
    "edsger",
    "frances",
    "john",
    "katherine",
    "margaret",
]
GROUPS = ["Compliance", "Desk"]
USERS_PER_SCALE = 12


def seed(plan):
    rng = plan.chance("authentication")
    users = seed_users(plan)
    instruments = plan.made["instruments"]
    profiles = [
        UserProfile(
            user=user,
            display_name=user.username.capitalize(),
            country=rng.choice(["US", "GB", "DE", "FR"]),
            risk_appetite=rng.choice(UserProfile.Risk.values),
            favourite_instrument=rng.choice(instruments) if rng.random() < 0.6 else None,
            created_at=user.date_joined,
            updated_at=user.date_joined,
        )
        for user in users
    ]
    UserProfile.objects.bulk_create(profiles, batch_size=BATCH_ROWS)
    seed_logins(rng, users)
    seed_groups_and_tokens(plan, users)
    plan.made["users"] = users


def seed_users(plan):
    """One hash for everybody, by a named hasher: settings must not change the rows."""
    password = QuickPBKDF2PasswordHasher().encode(DEMO_PASSWORD, DEMO_SALT)
    count = USERS_PER_SCALE * plan.scale
    names = NAMES + [f"trader{number:04}" for number in range(len(NAMES) + 1, count + 1)]
    users = User.objects.bulk_create(
        [
            User(
                username=name,
                email=f"{name}@trading-platform.example",
                password=password,
                first_name=name.capitalize(),
                is_staff=name == STAFF,
                is_superuser=name == STAFF,
                is_trader=name != COMPLIANCE,
                date_joined=CLOCK - timedelta(days=400 - number % 300),
            )
            for number, name in enumerate(names)
        ],
        batch_size=BATCH_ROWS,
    )
    for number, user in enumerate(users):
        user.referred_by = users[number // 3] if number % 4 == 3 else None
    User.objects.bulk_update(users, ["referred_by"], batch_size=200)
    return users


def seed_logins(rng, users):
    events, seen = [], []
    for user in users:
        for _ in range(rng.randrange(2, 8)):
            events.append(
                LoginEvent(
                    user=user,
                    username=user.username,
                    succeeded=rng.random() < 0.9,
                    method=rng.choice(LoginEvent.Method.values),
                    happened_at=CLOCK - timedelta(minutes=rng.randrange(60, 60 * 24 * 60)),
                )
            )
        seen.append(
            LastSeen(
                user=user,
                seen_at=CLOCK - timedelta(minutes=rng.randrange(60)),
                path="/",
                hits=rng.randrange(1, 500),
            )
        )
    LoginEvent.objects.bulk_create(events, batch_size=BATCH_ROWS)
    LastSeen.objects.bulk_create(seen, batch_size=BATCH_ROWS)


def seed_groups_and_tokens(plan, users):
    """A flush takes the groups of the migration with it, hence get_or_create."""
    by_name = {user.username: user for user in users}
    for name in GROUPS:
        Group.objects.get_or_create(name=name)
    by_name[COMPLIANCE].groups.add(Group.objects.get(name="Compliance"))
    for name in NAMES[:3]:
        Token.objects.create(
            user=by_name[name], key=plan.uuid(f"token:{name}").hex + "00000000"
        )
