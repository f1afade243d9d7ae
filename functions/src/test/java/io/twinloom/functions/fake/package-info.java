/**
 * What stands for a cloud in the functions' tests. {@code Memory…} are adapters of their ports,
 * which pass the ports' contract suites (in {@code testkit}, which uses this module's test JAR);
 * {@code Fake…} only record what they are given and answer as a test says.
 */
package io.twinloom.functions.fake;
