import ArgumentParser

struct TeamCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "team", abstract: "Who may do what.",
    subcommands: [TeamShow.self])
}
