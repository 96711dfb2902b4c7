SHELL := bash
MVN = JAVA_HOME="$$(scripts/jdk25)" mvn -B -ntp
SCRIPTS := scripts .ci bench e2e/src/test/sh dist/src/bin grafana/render/fetch
BUILT := dist/target/built
SOURCES := $(shell find . \( -name target -o -name .git -o -path '*/src/test' -o -path ./e2e -o -path ./bench \) -prune \
             -o -type f \( -path '*/src/*' -o -name pom.xml \) -print)

.PHONY: help doctor build test test-long console-pictures dashboards demo demo-lvs demo-cluster run fmt bench bench-datapath bench-schedulers install uninstall clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 24

doctor: ## what this machine has, and which tests would be skipped and why
	@scripts/doctor

build: ## build the whole, ready to run in dist/target/jlvs
	@scripts/install-missing build
	@$(MAKE) --no-print-directory $(BUILT)

test: ## everything's tests; nothing is left running afterwards
	@scripts/install-missing test
	@! command -v shellcheck >/dev/null || shellcheck -x $$(grep -lrE '^#!.*sh$$|^# shellcheck shell' $(SCRIPTS))
	@! command -v mandoc >/dev/null || mandoc -T lint -W error dist/src/man/*
	@scripts/nothing-left scripts/with-container-engine env $(MVN) verify

test-long: ## tests of a cluster in trouble: restarts, full disks, clocks that jump (root, 5 minutes)
	@scripts/install-missing test
	@scripts/nothing-left env $(MVN) -q verify -pl e2e -am -Dspotless.check.skip=true -Dtest='io/jlvs/e2e/**/*Test' \
	    -Dsurefire.failIfNoSpecifiedTests=false -De2e.groups=long -De2e.leftOut=none

console-pictures: ## the pictures of the console in docs/pictures/console, taken from a run under load
	@scripts/install-missing test
	@scripts/nothing-left env $(MVN) -q verify -pl e2e -am -Dspotless.check.skip=true -Dtest=ConsolePictures \
	    -Dsurefire.failIfNoSpecifiedTests=false -Djlvs.pictures=$(CURDIR)/docs/pictures/console

demo: ## balance connections over three real nginx servers, step by step, under a minute once built
	@scripts/install-missing demo
	@$(MAKE) --no-print-directory $(BUILT)
	@scripts/demo

demo-lvs: ## the classic LVS practice: direct routing, masquerading and tunnels, seen at the wire (root)
	@scripts/demo-lvs check
	@scripts/install-missing demo-lvs
	@$(MAKE) --no-print-directory $(BUILT)
	@scripts/demo-lvs

demo-cluster: ## two directors, one of them killed under load, shown as it happens (root, half a minute)
	@scripts/demo-cluster check
	@scripts/install-missing demo-lvs
	@$(MAKE) --no-print-directory $(BUILT)
	@scripts/demo-cluster

run: ## the servers and the engine of demo, up until Ctrl-C
	@scripts/install-missing demo
	@$(MAKE) --no-print-directory $(BUILT)
	@scripts/demo --stay

fmt: ## format all Java code
	@$(MVN) -q spotless:apply

bench: ## how long a call of ipvsadm takes, and rules of 10,000 services (the latter as root)
	@scripts/install-missing build
	@$(MAKE) --no-print-directory $(BUILT)
	@bench/ipvsadm-start
	@[ "$$(id -u)" != 0 ] && echo "10,000 services: needs root, not measured" || bench/rules

bench-datapath: ## the kernel data path beside nftables, HAProxy and nginx (root, 8 minutes)
	@scripts/install-missing bench
	@$(MAKE) --no-print-directory $(BUILT)
	@$(MVN) -q -DskipTests -Dspotless.check.skip=true package -pl bench -am
	@bench/datapath/run

bench-schedulers: ## what schedulers cost and how fairly they share, as a table and plots (4 minutes)
	@scripts/install-missing build
	@scripts/install-missing bench-schedulers
	@$(MVN) -q -DskipTests -Dspotless.check.skip=true package -pl bench -am
	@bench/schedulers/run

dashboards: ## draw the Grafana dashboards of a run under load, into docs/pictures/dashboards (root, 6 minutes)
	@scripts/install-missing test
	@$(MAKE) --no-print-directory $(BUILT)
	@scripts/nothing-left env $(MVN) -q verify -Dspotless.check.skip=true -pl e2e -am -Dtest=DashboardPictures \
	    -Dsurefire.failIfNoSpecifiedTests=false

install: build ## put it under PREFIX (/usr/local), DESTDIR before it for packages; configuration that is there stays
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install install

uninstall: ## take that away again, but for the configuration
	@PREFIX='$(PREFIX)' DESTDIR='$(DESTDIR)' scripts/install uninstall

clean: ## remove everything that was built
	@$(MVN) -q clean
	@rm -rf grafana/render/target grafana/render/node_modules

$(BUILT): $(SOURCES)
	@echo "building (the first time also fetches libraries, some minutes)"
	@$(MVN) -q -DskipTests -Dspotless.check.skip=true package -pl dist -am
	@dist/target/jlvs/bin/train-aot
	@touch $@
