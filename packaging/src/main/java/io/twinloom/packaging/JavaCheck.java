package io.twinloom.packaging;

import com.sun.source.util.JavacTask;
import io.twinloom.api.Processor;
import io.twinloom.model.Problem;
import io.twinloom.model.UserCode.Form;
import io.twinloom.model.text.UserText;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Java user code: source is compiled, a JAR looked into; either must have one class to run. The
 * compiler runs in this process, annotation processors do not run, and no user class is loaded.
 */
final class JavaCheck {

  /** The language level: that of the oldest Java which the clouds run functions with. */
  static final int RELEASE = 21;

  private static final String CLASSES = "classes";
  private static final String LIBRARIES = "lib";

  /** What the result depends on beside the code. */
  static String tools() {
    return "java " + Runtime.version() + " release " + RELEASE + " api " + API_VERSION;
  }

  /** Raised when the interface of user code changes what compiles against it. */
  private static final int API_VERSION = 1;

  /**
   * Compiles or looks into the code.
   *
   * @param aside where the classes and JARs to run are put
   */
  Result check(CodeFiles files, Path aside) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      return Result.passing(CodeProblems.noCompiler(files.code().folder()));
    }
    List<Path> libraries = new ArrayList<>();
    List<Problem> damaged = writeLibraries(files, aside.resolve(LIBRARIES), libraries);
    if (!damaged.isEmpty()) {
      return Result.wrong(damaged);
    }
    Path classes = Files.createDirectories(aside.resolve(CLASSES));
    List<Source> sources = new ArrayList<>();
    boolean fromSource = files.code().form() == Form.JAVA_SOURCE;
    if (fromSource) {
      List<Problem> unreadable = new ArrayList<>();
      files
          .own()
          .forEach((path, text) -> add(sources, unreadable, path, files.inProject(path), text));
      files
          .shared()
          .forEach(
              (path, text) -> add(sources, unreadable, path, files.sharedInProject(path), text));
      if (!unreadable.isEmpty()) {
        return Result.wrong(unreadable);
      }
      writeResources(files.shared(), classes);
      writeResources(files.own(), classes);
    } else {
      sources.add(Source.EMPTY);
    }
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                null, null, said, options(classes, libraries), null, List.copyOf(sources));
    Set<Element> declared = new LinkedHashSet<>();
    task.parse();
    for (Element element : task.analyze()) {
      declared.add(element);
    }
    List<Problem> problems = problems(said, files);
    if (!problems.isEmpty()) {
      return Result.wrong(problems);
    }
    EntryClass entries = new EntryClass(task.getElements(), task.getTypes());
    JarCheck jars = new JarCheck(files, entries);
    Result result = fromSource ? one(files, entries, declared, task) : jars.check();
    if (fromSource && result.isReady()) {
      task.generate();
      problems = problems(said, files);
      if (!problems.isEmpty()) {
        return Result.wrong(problems);
      }
    }
    List<String> path = new ArrayList<>();
    if (fromSource) {
      path.add(CLASSES);
    }
    libraries.forEach(library -> path.add(LIBRARIES + "/" + library.getFileName()));
    return result.isReady() ? new Result(result.problems(), path, result.entry(), true) : result;
  }

  private static void add(
      List<Source> sources,
      List<Problem> unreadable,
      String path,
      String inProject,
      byte[] content) {
    if (path.endsWith(".java")) {
      try {
        sources.add(new Source(inProject, UserText.decode(content)));
      } catch (UserText.EncodingException e) {
        unreadable.add(CodeProblems.encoding(inProject, e));
      }
    }
  }

  private static Result one(
      CodeFiles files, EntryClass entries, Set<Element> declared, JavacTask task) {
    List<TypeElement> candidates = entries.candidates(declared);
    List<TypeElement> fitting =
        candidates.stream().filter(c -> entries.faults(c).isEmpty()).toList();
    if (fitting.size() == 1) {
      return Result.ready(
          List.of(), task.getElements().getBinaryName(fitting.getFirst()).toString());
    }
    String folder = files.code().folder();
    if (fitting.size() > 1) {
      String names = fitting.stream().map(TypeElement::toString).collect(Collectors.joining(", "));
      return Result.wrong(
          List.of(
              CodeProblems.entryPoint(
                  folder,
                  0,
                  "Several classes implement io.twinloom.api.Processor: " + names,
                  "Keep one, or make the others abstract.")));
    }
    if (candidates.isEmpty()) {
      return Result.wrong(
          List.of(
              CodeProblems.entryPoint(
                  folder,
                  0,
                  "No class implements io.twinloom.api.Processor",
                  "Write public class X implements Processor.")));
    }
    List<Problem> problems = new ArrayList<>();
    for (TypeElement candidate : candidates) {
      // One at a time: a class that is not public has no public constructor either.
      EntryClass.Fault fault = entries.faults(candidate).getFirst();
      Place place = Place.of(task, candidate, folder);
      problems.add(
          CodeProblems.entryPoint(place.file(), place.line(), fault.message(), fault.fix()));
    }
    return Result.wrong(problems);
  }

  private static List<Problem> problems(DiagnosticCollector<JavaFileObject> said, CodeFiles files) {
    List<Problem> problems = new ArrayList<>();
    String fix = JarCheck.fixOfCompilation(files);
    for (Diagnostic<? extends JavaFileObject> diagnostic : said.getDiagnostics()) {
      if (diagnostic.getKind() == Diagnostic.Kind.ERROR) {
        String file = fileOf(diagnostic.getSource(), files);
        int line = (int) Math.max(0, diagnostic.getLineNumber());
        String message = diagnostic.getMessage(Locale.ENGLISH).strip();
        problems.add(
            CodeProblems.compile(file, line, message.replaceAll("\\s*\\R\\s*", "; "), fix));
      }
    }
    return problems;
  }

  private static String fileOf(@Nullable JavaFileObject source, CodeFiles files) {
    return source != null && source.getKind() == JavaFileObject.Kind.SOURCE
        ? Source.path(source)
        : files.code().folder();
  }

  private static List<String> options(Path classes, List<Path> libraries) {
    String path =
        Stream.concat(Stream.of(api()), libraries.stream())
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    return List.of(
        "--release",
        Integer.toString(RELEASE),
        "-proc:none",
        "-g",
        "-parameters",
        "-nowarn",
        "-Xlint:none",
        "-implicit:none",
        "-Xmaxerrs",
        "100",
        "-cp",
        path,
        "-d",
        classes.toString());
  }

  private static Path api() {
    try {
      return Path.of(Processor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("no place of the api", e);
    }
  }

  private static List<Problem> writeLibraries(CodeFiles files, Path folder, List<Path> libraries)
      throws IOException {
    List<Problem> problems = new ArrayList<>();
    for (boolean own : new boolean[] {true, false}) {
      for (Map.Entry<String, byte[]> file : (own ? files.own() : files.shared()).entrySet()) {
        String path = file.getKey();
        if (path.endsWith(".jar")) {
          Files.createDirectories(folder);
          // Two folders may have a JAR of the same name.
          String name = libraries.size() + "-" + Path.of(path).getFileName();
          Path library = Files.write(folder.resolve(name), file.getValue());
          libraries.add(library);
          if (!JarCheck.isReadable(library)) {
            String place = place(files, path, own);
            problems.add(CodeProblems.jar(place, "It is not a JAR, or damaged", "Build it again."));
          } else {
            JarCheck.wrongSignature(library)
                .ifPresent(
                    why ->
                        problems.add(
                            CodeProblems.jar(
                                place(files, path, own),
                                "Its signature does not fit its content: " + why,
                                "Build it again, or leave out META-INF/*.SF, *.RSA, *.DSA and"
                                    + " *.EC.")));
          }
        }
      }
    }
    return problems;
  }

  private static String place(CodeFiles files, String path, boolean own) {
    return own ? files.inProject(path) : files.sharedInProject(path);
  }

  private static void writeResources(SortedMap<String, byte[]> files, Path classes)
      throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      if (!file.getKey().endsWith(".java") && !file.getKey().endsWith(".jar")) {
        Path target = classes.resolve(file.getKey());
        Files.createDirectories(target.getParent());
        Files.write(target, file.getValue());
      }
    }
  }
}
