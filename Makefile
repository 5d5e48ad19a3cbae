# The few commands of every day. `make demo` shows the whole loop; `make test` says whether all of it works.

.PHONY: help demo test build check format clean setup

help:
	@echo "make demo    walk a model through its whole loop, on real data"
	@echo "make test    build everything and run every test"
	@echo "make build   build the slipway program"
	@echo "make check   everything that must hold before a change lands"
	@echo "make format  put the Swift sources into the house style"
	@echo "make clean   remove what was built (what dev/setup installed stays)"

demo: setup
	dev/demo

test: setup
	dev/test

build: setup
	swift build

check: setup
	dev/check

format:
	dev/format

clean:
	rm -rf .build demo-run

setup:
	@dev/setup
