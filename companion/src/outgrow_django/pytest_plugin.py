"""`pytest --outgrow-evidence FILE`: records while the suite runs, in every worker of xdist."""


def pytest_addoption(parser):
    parser.addoption(
        "--outgrow-evidence",
        metavar="FILE",
        help="write which request reads and writes which tables (for outgrow analyze --evidence)",
    )


def pytest_configure(config):
    path = config.getoption("--outgrow-evidence")
    if path:
        from .recorder import install

        install(path)
