"""A mail server for tests. Takes mails on a free port of the loopback and prints each as a line of JSON; ends with its input.

Whoever is called nobody is unknown here; whoever is called later is taken at the second attempt."""
import argparse
import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Printer:
    def __init__(self):
        self.put_off = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return f"550 5.1.1 {address} is unknown here"
        if address.startswith("later") and address not in self.put_off:
            self.put_off.add(address)
            print(json.dumps({"refused": address}), flush=True)
            return f"451 4.3.0 {address} has to wait"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "raw": envelope.content.decode("utf-8"),
            "tls": session.ssl is not None,
            "user": session.auth_data.login.decode() if session.auth_data else None,
        }), flush=True)
        return "250 OK"


async def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--tls", choices=["none", "starttls", "tls"], default="none")
    arguments.add_argument("--certificate")
    arguments.add_argument("--key")
    arguments.add_argument("--user")
    arguments.add_argument("--password")
    given = arguments.parse_args()
    context = None
    if given.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(given.certificate, given.key)
    handler = Printer()

    def authenticate(server, session, envelope, mechanism, data):
        right = data.login.decode() == given.user and data.password.decode() == given.password
        return AuthResult(success=right, auth_data=data)

    def make():
        return SMTP(
            handler, hostname="localhost", enable_SMTPUTF8=True, authenticator=authenticate if given.user else None,
            auth_required=bool(given.user), auth_require_tls=given.tls == "starttls",
            tls_context=context if given.tls == "starttls" else None, require_starttls=given.tls == "starttls")

    loop = asyncio.get_running_loop()
    server = await loop.create_server(make, "127.0.0.1", 0, ssl=context if given.tls == "tls" else None)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


asyncio.run(main())
