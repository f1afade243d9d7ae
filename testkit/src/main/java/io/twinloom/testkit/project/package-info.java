/**
 * Projects for tests: valid sample folders and ZIPs, written file by file as a user would. Nothing
 * here checks projects; that is the model's.
 */
@NullMarked
package io.twinloom.testkit.project;

import org.jspecify.annotations.NullMarked;
