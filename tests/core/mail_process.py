"""A job process that only sends mail and never waits long: `python -m tests.core.mail_process`."""

import os
import threading
from datetime import timedelta
from functools import partial

from blog import create_app
from blog.config import load_config
from blog.core.jobs import worker
from blog.core.mail import delivery
from blog.core.processes import end_with_parent


def main() -> None:
    end_with_parent(os.getppid())
    config = load_config()
    app = create_app(config)
    worker.FIRST_PAUSE = timedelta(seconds=0.05)
    way = delivery.transport(config.mail_url, config.mail_from, config.instance / "outbox")
    with app.app_context():
        worker.work({"mail.send": partial(delivery.send, transport=way)}, threading.Event())


if __name__ == "__main__":
    main()
