"""What each service may do at the broker: tell its own events, read those that the workflow names."""

from collections.abc import Iterable, Mapping
from typing import Final

from shared.contracts.workflow import WORKFLOW

SERVICES: Final = ("registry", "planning", "evaluation", "documents")


def publish_subjects(service: str) -> list[str]:
    """Its events, its stream, its consumers and their acknowledgements; nothing else."""
    pairs = sorted(
        {(reaction.source, reaction.consumer) for reaction in WORKFLOW if reaction.service == service}
    )
    subjects = [
        f"{service}.>",
        "$JS.API.INFO",
        "$JS.API.STREAM.INFO.*",
        f"$JS.API.STREAM.*.{service}",
        f"$JS.API.STREAM.MSG.GET.{service}",
        f"$JS.API.DIRECT.GET.{service}.>",
    ]
    for stream, consumer in pairs:
        subjects += [
            f"$JS.API.CONSUMER.*.{stream}.{consumer}",
            f"$JS.API.CONSUMER.CREATE.{stream}.{consumer}.>",
            f"$JS.API.CONSUMER.DURABLE.CREATE.{stream}.{consumer}",
            f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}",
            f"$JS.ACK.{stream}.{consumer}.>",
        ]
    return subjects


def _listed(subjects: Iterable[str]) -> str:
    return "\n".join(f'          "{subject}"' for subject in subjects)


def _user(service: str, secret: str) -> str:
    return f"""\
    {{
      user: {service}
      password: {secret}
      permissions: {{
        publish: {{ allow: [
{_listed(publish_subjects(service))}
        ] }}
        subscribe: {{ allow: ["_INBOX_{service}.>"] }}
      }}
    }}"""


def users_block(secrets: Mapping[str, str]) -> str:
    """Return the `authorization` block; a secret is a quoted word or a `$VARIABLE`."""
    users = "\n".join(_user(service, secrets[service]) for service in SERVICES)
    return f"authorization {{\n  users: [\n{users}\n  ]\n}}\n"


def users_file() -> str:
    """Return the file that containers include: the passwords come from the server's environment."""
    block = users_block({service: f"${service.upper()}_NATS_PASSWORD" for service in SERVICES})
    return f"# Generated from the workflow by `make docs`.\n{block}"


if __name__ == "__main__":
    print(users_file(), end="")
