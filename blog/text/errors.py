"""What the room says when it will not take a text."""


class TextRefused(ValueError):
    """A text that is not taken. `message` is a sentence its writer can act on; `code` names it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
