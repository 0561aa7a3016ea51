"""Extension objects that are bound by `create_app`; they know nothing of ours."""

from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect

login = LoginManager()
# Its protection would tie a session to an address that a forwarder may invent.
login.session_protection = None

csrf = CSRFProtect()
