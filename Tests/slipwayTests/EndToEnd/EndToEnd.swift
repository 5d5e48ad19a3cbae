import Testing

/// Tests of the built program, run as a process in a project folder of its own.
///
///     dev/test --filter EndToEnd
@Suite(.onThreadsOfItsOwn) enum EndToEnd {}
