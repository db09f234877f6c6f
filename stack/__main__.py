"""The verbs of ./up. Standard library only until the virtual environment stands."""

import sys

import bootstrap

VERBS = ("start", "test", "bench", "status", "stop", "manage")
USAGE = "usage: ./up [test [pytest args] | bench | status | stop | manage ARGS]"


def main(argv: list[str]) -> int:
    verb, args = (argv[0], argv[1:]) if argv else ("start", [])
    if verb not in VERBS:
        print(USAGE, file=sys.stderr)
        return 2
    if verb not in ("status", "stop"):
        bootstrap.ensure_venv(dev=verb in ("test", "bench"), create=verb != "manage")
    import runner  # noqa: PLC0415 - after the virtual environment is in place

    return int(getattr(runner, verb)(*args) or 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
