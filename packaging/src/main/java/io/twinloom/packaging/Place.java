package io.twinloom.packaging;

import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import javax.lang.model.element.TypeElement;

/** Where a class is declared. */
record Place(String file, int line) {

  /** The place, or the folder where the compiler does not know it. */
  static Place of(JavacTask task, TypeElement type, String folder) {
    Trees trees = Trees.instance(task);
    TreePath path = trees.getPath(type);
    if (path == null) {
      return new Place(folder, 0);
    }
    long start =
        trees.getSourcePositions().getStartPosition(path.getCompilationUnit(), path.getLeaf());
    long line = path.getCompilationUnit().getLineMap().getLineNumber(start);
    return new Place(Source.path(path.getCompilationUnit().getSourceFile()), (int) line);
  }
}
