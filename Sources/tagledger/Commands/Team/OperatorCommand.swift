import ArgumentParser

struct OperatorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "operator", abstract: "Take people and programs into the team.",
    subcommands: [
      OperatorAdd.self, OperatorRevise.self, OperatorArchive.self, OperatorRestore.self,
      OperatorIdentify.self,
    ])
}
