package io.twinloom.packaging;

import java.net.URI;
import java.net.URISyntaxException;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/** A source file for the compiler, from memory: the project may be a ZIP. */
final class Source extends SimpleJavaFileObject {

  /** Something to compile where there is only a JAR to look into. */
  static final Source EMPTY = new Source("Empty.java", "final class TwinloomLooksIntoJars {}");

  private final String text;

  /**
   * @param path inside the project
   */
  Source(String path, String text) {
    super(uri(path), Kind.SOURCE);
    this.text = text;
  }

  private static URI uri(String path) {
    try {
      return new URI("project", null, "/" + path, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  /** The path inside the project, of a file that the compiler names; it wraps ours in its own. */
  static String path(JavaFileObject file) {
    return file.toUri().getPath().substring(1);
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }
}
