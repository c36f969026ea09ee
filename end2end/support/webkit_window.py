#!/usr/bin/python3
"""A window of WebKitGTK that WebKitWebDriver starts: as narrow as a phone, which its own browser cannot be.

By the environment: NIRIN_WINDOW ("375x667"), NIRIN_SCRIPT ("0": pages run no script), NIRIN_FONT (the size of the letters).
"""
import os

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402

width, height = (int(side) for side in os.environ["NIRIN_WINDOW"].split("x"))
context = WebKit2.WebContext.new_ephemeral()
context.set_automation_allowed(True)
context.set_preferred_languages(["ja-JP"])
# The certificate is made for the run.
context.get_website_data_manager().set_tls_errors_policy(WebKit2.TLSErrorsPolicy.IGNORE)


def view():
    settings = WebKit2.Settings()
    settings.set_hardware_acceleration_policy(WebKit2.HardwareAccelerationPolicy.NEVER)
    # Markup's script alone: the driver goes on working.
    settings.set_enable_javascript_markup(os.environ.get("NIRIN_SCRIPT") != "0")
    settings.set_default_font_size(int(os.environ.get("NIRIN_FONT", "16")))
    shown = WebKit2.WebView(web_context=context, is_controlled_by_automation=True, settings=settings)
    window = Gtk.Window()
    window.set_decorated(False)
    window.set_default_size(width, height)
    window.add(shown)
    window.show_all()
    # Without it nothing in the page has the focus.
    window.get_window().focus(0)
    return shown


def started(_, session):
    info = WebKit2.ApplicationInfo()
    # The name that the driver asks for.
    info.set_name("MiniBrowser")
    info.set_version(WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version())
    session.set_application_info(info)
    session.connect("create-web-view", lambda *_: view())


context.connect("automation-started", started)
Gtk.Settings.get_default().set_property("gtk-enable-animations", False)
Gtk.main()
