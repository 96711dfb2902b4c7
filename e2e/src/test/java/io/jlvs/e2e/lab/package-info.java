/**
 * Network namespaces as hosts: they are plugged together like machines, run real servers and clients, and the assembled
 * product as their director. Takes root. The kernel of the tests may lack VLAN devices (8021q), so there are none here.
 */
@NullMarked
package io.jlvs.e2e.lab;

import org.jspecify.annotations.NullMarked;
