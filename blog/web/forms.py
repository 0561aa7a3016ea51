"""Forms: those of pages that every reader gets alike, and those of somebody logged in."""

from collections.abc import Callable
from typing import Any

from flask import g
from flask_wtf import FlaskForm

from ..core.errors import Conflict, Invalid, TooMany

DONE = 0
"""What `attempt` gives when the act was done; all else is the status of the form's page."""


class SignedForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form that carries a token of the present session."""

    def attempt(self, act: Callable[[], object]) -> int:
        """Do an act if the form was sent and is in order.

        Gives DONE, or the status with which to draw the form: 200 when it was not sent yet, 409,
        422 and 429 when something was refused, which then stands beside its field.
        """
        if not self.is_submitted():
            return 200
        if not self.validate():
            return Invalid.status
        try:
            act()
        except (Invalid, TooMany, Conflict) as error:
            g.retry_after = getattr(error, "seconds", 0)
            self.refuse(getattr(error, "field", ""), error.message)
            return error.status
        return DONE

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether every field is in order, and none holds what no database keeps."""
        fine = bool(super().validate(extra_validators))
        for field in self:
            if isinstance(field.data, str) and "\0" in field.data:
                field.data = field.data.replace("\0", "")
                self.refuse(field.name, "A character that cannot be kept was taken out.")
                fine = False
        return fine

    def refuse(self, field: str, message: str) -> None:
        """Put a rule's message beside the field it is about, or above the form."""
        if field in self:
            self[field].errors = [*self[field].errors, message]
        else:
            self.form_errors.append(message)


class OpenForm(SignedForm):
    """A form without a token: its page sets no cookie; `web/origin` refuses forged posts."""

    class Meta:
        """Flask-WTF's switch."""

        csrf = False
