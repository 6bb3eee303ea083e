import ArgumentParser

struct JobCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "job",
    abstract: said(
      en: "Watch, stop and resume long work.",
      pt: "Acompanhar, parar e retomar trabalhos longos.",
      fr: "Suivre, arrêter et reprendre les longs travaux."),
    subcommands: [
      JobList.self, JobShow.self, JobFollow.self, JobStop.self, JobResume.self, JobFailures.self,
    ],
    aliases: ["jobs"])
}
