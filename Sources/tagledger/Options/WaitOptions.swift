import ArgumentParser

/// For what becomes a job.
struct WaitOptions: ParsableArguments {
  @Flag(help: "Start the work and return; the job's id is printed.")
  var noWait = false
}
