"""Commands of `flask --app blog`, a file for each family."""

from .database import database
from .importing import import_group
from .jobs import jobs
from .people import people
from .sample import sample
from .site import site

commands = (database, import_group, jobs, people, sample, site)
