/**
 * What is deployed, and how it becomes something else without losing what it holds. Pure: what is
 * carried out, and where it is written down, is the targets' own.
 */
@NullMarked
package io.twinloom.deployer.change;

import org.jspecify.annotations.NullMarked;
