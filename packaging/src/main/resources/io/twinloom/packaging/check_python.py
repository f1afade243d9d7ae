"""Checks Python user code without running any of it: syntax, and the entry point of its form.

Reads {"units": [{"form", "entry", "files": {PATH: BASE64}, "names": [NAME], "requirements": [NAME],
"unnamed_requirements"}]} from standard input and writes {"version", "units": [{"problems": [{"code",
"file", "line", "message", "fix"}], "unresolved": [{"file", "line", "message", "fix"}]}]}. Line 0 means
the file as a whole. "names" are what imports of the code can begin with; what no import finds is in
check_imports.py, which goes before this in one program.
"""

import ast
import base64
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


FORMS = {
    "PYTHON_PROCESS": named("process", ["event"]),
    "PYTHON_LAMBDA": named("lambda_handler", ["event", "context"]),
    "PYTHON_AZURE": azure,
    "PYTHON_GOOGLE": google,
}

main()
