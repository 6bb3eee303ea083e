import ArgumentParser

struct JobCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "job",
    abstract: "Watch, stop and resume long work.",
    subcommands: [
      JobList.self, JobShow.self, JobFollow.self, JobStop.self, JobResume.self, JobFailures.self,
    ],
    aliases: ["jobs"])
}
