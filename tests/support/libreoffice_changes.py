"""Run by LibreOffice's Python: accepts or rejects all tracked changes of a Word file.

python3 libreoffice_changes.py SOFFICE PROFILE (accept|reject|keep) IN.docx OUT.docx [...]
"""

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


def property_(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connect(pipe):
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(300):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.2)
    raise SystemExit("LibreOffice did not start")


def main(soffice, profile, *orders):
    pipe = f"changes{abs(hash(profile))}"
    office = subprocess.Popen(
        [
            soffice,
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--norestore",
            f"--accept=pipe,name={pipe};urp;",
        ]
    )
    try:
        context = connect(pipe)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        while orders:
            (way, source, target), orders = orders[:3], orders[3:]
            document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (property_("Hidden", True),))
            if way != "keep":
                command = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}[way]
                dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
            document.storeToURL(Path(target).as_uri(), (property_("FilterName", "MS Word 2007 XML"),))
            document.close(True)
        with contextlib.suppress(Exception):  # the answer may not come, as it ends
            desktop.terminate()
        office.wait(30)
    finally:
        if office.poll() is None:
            office.kill()


main(*sys.argv[1:])
