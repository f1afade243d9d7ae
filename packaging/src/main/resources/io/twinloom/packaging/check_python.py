"""Checks Python user code without running any of it: syntax, and the entry point of its form.

Reads {"units": [{"form", "entry", "files": {PATH: BASE64}, "names": [NAME], "requirements": [NAME],
"unnamed_requirements"}]} from standard input and writes {"version", "units": [{"problems": [{"code",
"file", "line", "message", "fix"}], "unresolved": [{"file", "line", "message", "fix"}]}]}. Line 0 means
the file as a whole. "names" are what imports of the code can begin with.
"""

import ast
import base64
import importlib.metadata
import importlib.util
import json
import sys
import warnings

# Constants of PackagingError.
SYNTAX = "CODE_SYNTAX"
ENTRY = "CODE_ENTRY_POINT"


def main():
    warnings.simplefilter("ignore")
    answer = {"version": "%d.%d.%d" % sys.version_info[:3], "units": []}
    units = json.load(sys.stdin)["units"]
    if sys.version_info >= (3, 8):
        answer["units"] = [check(unit) for unit in units]
    json.dump(answer, sys.stdout)


def check(unit):
    problems = []
    trees = {}
    for path, content in unit["files"].items():
        if path.endswith(".py"):
            tree = parse(path, base64.b64decode(content), problems)
            if tree is not None:
                trees[path] = tree
    entry = unit["entry"]
    if entry in trees:
        found = FORMS[unit["form"]](trees[entry], trees)
        if found:
            line, message, fix = found
            problems.append(problem(ENTRY, entry, line, message, fix))
    return {"problems": problems, "unresolved": unresolved(unit, trees)}


def problem(code, file, line, message, fix):
    return {"code": code, "file": file, "line": line, "message": message, "fix": fix}


def parse(path, source, problems):
    try:
        tree = ast.parse(source, path)
        compile(source, path, "exec", dont_inherit=True)
        return tree
    except SyntaxError as e:
        place = ", column %d" % e.offset if e.offset else ""
        message = "%s (line %s%s)" % (e.msg, e.lineno or 1, place)
        problems.append(problem(SYNTAX, path, e.lineno or 0, message, "Fix the syntax."))
    except (ValueError, RecursionError, MemoryError, OverflowError) as e:
        message = "Python cannot read it: %s" % (str(e) or type(e).__name__)
        problems.append(problem(SYNTAX, path, 0, message, "Fix the file."))
    return None


def top_level(tree):
    """The statements that run when the module is imported, those in if, try and with included."""
    waiting = list(tree.body)
    while waiting:
        statement = waiting.pop(0)
        yield statement
        if isinstance(statement, (ast.If, ast.Try, ast.With, ast.For, ast.While)):
            inner = list(statement.body)
            for name in ("orelse", "finalbody"):
                inner += getattr(statement, name, [])
            for caught in getattr(statement, "handlers", []):
                inner += caught.body
            waiting = inner + waiting


def functions(tree):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [s for s in top_level(tree) if isinstance(s, kinds)]


def is_bound(tree, name):
    """Whether the module gets the name in another way: by an import or an assignment."""
    for statement in top_level(tree):
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            for alias in statement.names:
                if alias.name == "*" or (alias.asname or alias.name).split(".")[0] == name:
                    return True
        elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
            targets = getattr(statement, "targets", None) or [statement.target]
            for node in (n for target in targets for n in ast.walk(target)):
                if isinstance(node, ast.Name) and node.id == name:
                    return True
        elif isinstance(statement, ast.ClassDef) and statement.name == name:
            return True
    return False


def takes(function, count):
    """Whether it can be called with so many positional arguments."""
    args = function.args
    positional = len(getattr(args, "posonlyargs", [])) + len(args.args)
    required = positional - len(args.defaults)
    keywords_required = any(default is None for default in args.kw_defaults)
    enough = positional >= count or args.vararg is not None
    return enough and required <= count and not keywords_required


def named(name, parameters):
    signature = "def %s(%s)" % (name, ", ".join(parameters))

    def rule(tree, trees):
        own = [f for f in functions(tree) if f.name == name]
        if not own:
            if is_bound(tree, name):
                return None
            return 0, "There is no function '%s'" % name, "Add %s: ... at the top level." % signature
        again = [s for s in tree.body if s in own and not s.decorator_list]
        if len(again) > 1:
            lines = " and ".join(str(s.lineno) for s in again)
            found = "'%s' is defined %d times, at lines %s" % (name, len(again), lines)
            return again[-1].lineno, found, "Keep one of them: the last one would run."
        function = own[-1]
        if isinstance(function, ast.AsyncFunctionDef):
            return function.lineno, "'%s' is async" % name, "Write %s without async." % signature
        if not takes(function, len(parameters)):
            found = "'%s' cannot be called with %d positional argument%s" % (
                name,
                len(parameters),
                "" if len(parameters) == 1 else "s",
            )
            return function.lineno, found, "Write it as %s." % signature
        return None

    return rule


def called(decorator):
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def azure(tree, trees):
    made = any(
        isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) == "FunctionApp"
        for node in ast.walk(tree)
    )
    if not made:
        return 0, "It makes no FunctionApp", "Add app = func.FunctionApp() at the top level."
    registers = any(
        getattr(node, "attr", "") in ("register_functions", "register_blueprint")
        for node in ast.walk(tree)
    )
    routes = []
    for module in trees.values() if registers else [tree]:
        for function in functions(module):
            for decorator in function.decorator_list:
                if isinstance(decorator, ast.Call) and is_route(decorator):
                    routes.append((function, decorator))
    if len(routes) != 1:
        line = routes[1][0].lineno if routes else 0
        return line, "It has %d HTTP routes, not one" % len(routes), "Keep one @app.route(...)."
    function, decorator = routes[0]
    if not takes(function, 1):
        found = "'%s' cannot be called with the request alone" % function.name
        return function.lineno, found, "Write it as def %s(req)." % function.name
    if refuses_post(decorator):
        return function.lineno, "Its route does not take POST", 'Add "POST" to its methods.'
    return None


def is_route(decorator):
    return isinstance(decorator.func, ast.Attribute) and decorator.func.attr == "route"


def refuses_post(decorator):
    for keyword in decorator.keywords:
        if keyword.arg == "methods" and isinstance(keyword.value, (ast.List, ast.Tuple)):
            texts = [getattr(e, "value", getattr(e, "s", None)) for e in keyword.value.elts]
            known = [t.upper() for t in texts if isinstance(t, str)]
            return len(known) == len(texts) and "POST" not in known
    return False


def google(tree, trees):
    own = functions(tree)
    http = [f for f in own if any(is_http(d) for d in f.decorator_list)]
    if not http:
        http = [f for f in own if [a.arg for a in f.args.args] == ["request"]]
    if len(http) != 1:
        line = http[1].lineno if http else 0
        fix = "Keep one function decorated with @functions_framework.http."
        return line, "It has %d HTTP functions, not one" % len(http), fix
    function = http[0]
    if isinstance(function, ast.AsyncFunctionDef):
        return function.lineno, "'%s' is async" % function.name, "Write it without async."
    if not takes(function, 1):
        found = "'%s' cannot be called with the request alone" % function.name
        return function.lineno, found, "Write it as def %s(request)." % function.name
    return None


def is_http(decorator):
    target = called(decorator)
    if isinstance(target, ast.Attribute):
        return target.attr == "http"
    return isinstance(target, ast.Name) and target.id == "http"


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


FORMS = {
    "PYTHON_PROCESS": named("process", ["event"]),
    "PYTHON_LAMBDA": named("lambda_handler", ["event", "context"]),
    "PYTHON_AZURE": azure,
    "PYTHON_GOOGLE": google,
}

main()
