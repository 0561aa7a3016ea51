"""The machinery below every room: database, time, events, jobs. It knows no room."""
