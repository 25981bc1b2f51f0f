"""What must hold of every answer, whatever a script asks: the policy, no guessing of types, no frames, cookies that no
script reads, a page in the language of its address, a refusal that names its problem and a way out."""
import re

from runner.page import Page

POLICY = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
          "font-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
TRUSTED_TYPES = "; require-trusted-types-for 'script'"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=(), payment=(), usb=()",
}


def of_headers(path, reply):
    policy = reply.header("Content-Security-Policy")
    is_map = "leaflet.css" in reply.text or (path.endswith("/places/map") and not reply.raw)
    if policy != (POLICY if is_map else POLICY + TRUSTED_TYPES):
        yield f"Content-Security-Policy is {policy}"
    for name, value in FIXED.items():
        if reply.header(name) != value:
            yield f"{name} is {reply.header(name)}"
    shared = "cross-origin" if path.startswith("/log/") and reply.status != 400 else "same-origin"
    if reply.header("Cross-Origin-Resource-Policy") != shared:
        yield f"Cross-Origin-Resource-Policy is {reply.header('Cross-Origin-Resource-Policy')}"
    if reply.header("Date") is None or reply.header("Server") is not None:
        yield "a Date is needed and no Server"
    for name, value in reply.headers:
        if name.lower() == "set-cookie" and not re.search(r"; ?Path=/;.*HttpOnly;.*SameSite=Lax", value):
            yield f"Set-Cookie is {value.split('=')[0]}=…{value[value.find(';'):]}"


def of_page(path, reply, is_signed_in):
    page = Page(reply.text)
    prefix = re.match(r"/(kk|ru|en)(?:[/?]|$)", path)
    if prefix and page.language != prefix[1]:
        yield f"the page is in {page.language}, its address in {prefix[1]}"
    if reply.header("Content-Language") != page.language:
        yield f"Content-Language is {reply.header('Content-Language')}, the page's {page.language}"
    if page.inline:
        yield f"something is inline: {page.inline[:3]}"
    if page.untranslated():
        yield f"untranslated: {page.untranslated()[:3]}"
    if is_signed_in:
        for form in page.forms:
            if form.method == "POST" and "csrf" not in form.names:
                yield f"the form {form.action} carries no token"
        if reply.header("Cache-Control") != "no-store":
            yield f"a page of somebody who is signed in may be stored: {reply.header('Cache-Control')}"
    if reply.status >= 400:
        if not any(link.startswith("/") for link in page.links):
            yield "a refusal without a way out"
        if not page.title:
            yield "a refusal without a title"


def broken(method, path, reply, is_signed_in):
    """The rules that this answer breaks."""
    out = list(of_headers(path, reply))
    if reply.status == 500:
        out.append("the server failed (500)")
    if method == "HEAD" and reply.raw:
        out.append("HEAD was answered with a body")
    if reply.is_page() and method != "HEAD" and reply.raw:
        out += of_page(path, reply, is_signed_in)
    return out
