import ArgumentParser

struct TeamCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "team",
    abstract: said(
      en: "Who may do what.",
      pt: "Quem pode fazer o quê.",
      fr: "Qui peut faire quoi."),
    subcommands: [TeamShow.self])
}
