"""Finds the imports of Python user code that nothing known provides; a part of check_python.py."""

import ast
import importlib.metadata
import importlib.util
import sys

# Modules that workers bring to code of these forms.
BROUGHT = {
    "PYTHON_AZURE": ("azure", "flask", "functions_framework"),
    "PYTHON_GOOGLE": ("azure", "flask", "functions_framework"),
}


def unresolved(unit, trees):
    """Imports of the entry and of what it imports that nothing known provides."""
    own = set(unit["names"])
    imports = []
    waiting = [unit["entry"]]
    seen = set()
    while waiting:
        path = waiting.pop(0)
        if path in seen or path not in trees:
            continue
        seen.add(path)
        found = sorted(set(imports_of(trees[path].body)))
        imports += [(path, line, name) for line, name in found]
        for _, name in found:
            if name in own:
                waiting += sorted(p for p in trees if is_part(p, name))
    asked = unit["requirements"]
    found = []
    for path, line, name in imports:
        if not name:
            if path.count("/") == 1:
                found.append(outside_a_package(path, line))
        elif not (name in own or name in BROUGHT.get(unit["form"], ()) or is_installed(name)):
            if not unit["unnamed_requirements"] and not any(may_bring(p, name) for p in asked):
                found.append(not_found(path, line, name))
    return found


# Packages whose modules have other names, by their normal names (PEP 503).
DIFFERENT = {
    "attrs": {"attr", "attrs"},
    "beautifulsoup4": {"bs4"},
    "mysqlclient": {"MySQLdb"},
    "opencv-contrib-python": {"cv2"},
    "opencv-contrib-python-headless": {"cv2"},
    "opencv-python": {"cv2"},
    "opencv-python-headless": {"cv2"},
    "pillow": {"PIL"},
    "protobuf": {"google"},
    "pycryptodome": {"Crypto"},
    "pywin32": {"pythoncom", "pywintypes", "win32api", "win32con", "win32file"},
    "scikit-image": {"skimage"},
    "scikit-learn": {"sklearn"},
}


def may_bring(package, module):
    """Whether a package of requirements.txt may have a module of this name."""
    if package in DIFFERENT:
        return module in DIFFERENT[package]
    plain, wanted = bare(package), bare(module)
    if plain == wanted:
        return True
    installed = modules_of(package)
    if installed is not None:
        return module in installed
    # It is not here to be asked: PyYAML has yaml, psycopg2-binary has psycopg2, grpcio has grpc.
    return wanted in plain or plain in wanted


def bare(name):
    return "".join(c for c in name.lower() if c.isalnum())


def modules_of(package):
    """The first names of the modules of a package that is installed; None where it is not."""
    try:
        files = importlib.metadata.distribution(package).files or []
    except importlib.metadata.PackageNotFoundError:
        return None
    return {file.parts[0].split(".")[0] for file in files}


def is_part(path, name):
    """Whether a file is the module, or in the package, of this name."""
    inside = path.split("/", 1)[1]
    return inside == name + ".py" or inside.startswith(name + "/")


def outside_a_package(path, line):
    return {
        "file": path,
        "line": line,
        "message": "A relative import, and the file is in no package: it fails when the code is loaded",
        "fix": "Leave the dot out: the folder of the code is searched for modules.",
    }


def not_found(path, line, name):
    return {
        "file": path,
        "line": line,
        "message": "It imports '%s', which is neither beside the code nor in _shared, and no package"
        " of requirements.txt or of the local python3" % name,
        "fix": "Put %s.py beside the code, or the package's name into requirements.txt." % name,
    }


def is_installed(name):
    try:
        return name in sys.builtin_module_names or importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return True


def imports_of(statements):
    """Lines and first names (empty where relative), but for imports that may fail."""
    for statement in statements:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                yield statement.lineno, alias.name.split(".")[0]
        elif isinstance(statement, ast.ImportFrom):
            yield statement.lineno, "" if statement.level else statement.module.split(".")[0]
        elif isinstance(statement, ast.Try) and any(may_fail(h) for h in statement.handlers):
            continue
        elif isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.dump(statement.test):
            yield from imports_of(statement.orelse)
        else:
            for name in ("body", "orelse", "finalbody"):
                inner = getattr(statement, name, None)
                if isinstance(inner, list):
                    yield from imports_of(inner)
            for handler in getattr(statement, "handlers", ()):
                yield from imports_of(handler.body)


def may_fail(handler):
    if handler.type is None:
        return True
    caught = ast.dump(handler.type)
    return any(name in caught for name in ("ImportError", "ModuleNotFoundError", "Exception"))
