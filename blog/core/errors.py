"""What a room raises when it refuses something; the web turns each into a page once."""

from typing import ClassVar


class BlogError(Exception):
    """A refusal that a person may read. `status` is the HTTP status it becomes (RFC 9110)."""

    status: ClassVar[int] = 400
    title: ClassVar[str] = "That did not work"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Invalid(BlogError):
    """A value that breaks a rule; `field` is the name of the field it stands in."""

    status = 422
    title = "Something needs another look"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Forbidden(BlogError):
    """The person is known, and may not."""

    status = 403
    title = "Not yours to do"


class NotFound(BlogError):
    """There is nothing at this address, or nothing that may be shown."""

    status = 404
    title = "There is no path through here"

    def __init__(self, message: str = "Nothing has been published at this address.") -> None:
        super().__init__(message)


class Conflict(BlogError):
    """The thing has changed since the person looked at it."""

    status = 409
    title = "Somebody was here before you"


class Gone(BlogError):
    """What stood here was taken away for good."""

    status = 410
    title = "This was taken down"

    def __init__(self, message: str = "What stood at this address was removed.") -> None:
        super().__init__(message)


class TooLarge(BlogError):
    """More bytes than the limit named in the message."""

    status = 413
    title = "That is too large"


class TooMany(BlogError):
    """Too often in too short a time."""

    status = 429
    title = "A little slower, please"
