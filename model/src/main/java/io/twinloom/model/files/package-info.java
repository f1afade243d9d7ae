/**
 * Where a project's files come from: a folder or a ZIP, with the limits that keep a hostile or
 * careless one from doing harm. What the files say is not read here.
 */
@NullMarked
package io.twinloom.model.files;

import org.jspecify.annotations.NullMarked;
