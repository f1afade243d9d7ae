/**
 * The example projects that come with the program. Their files are resources below {@code
 * /examples}; {@code files.txt} of each names them, since a JAR has no folders to list.
 */
@NullMarked
package io.twinloom.cli.example;

import org.jspecify.annotations.NullMarked;
