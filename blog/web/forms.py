"""Forms of pages that every reader gets alike."""

from flask_wtf import FlaskForm


class OpenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """A form without a token: its page sets no cookie; `web/origin` refuses forged posts."""

    class Meta:
        """Flask-WTF's switch."""

        csrf = False

    def refuse(self, field: str, message: str) -> None:
        """Put a rule's message beside the field it is about, or above the form."""
        errors = self[field].errors if field in self else self.form_errors
        if isinstance(errors, tuple):
            self[field].errors = [*errors, message]
        else:
            errors.append(message)
