import ArgumentParser

struct RoleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role", abstract: "Define what may be done, and give it.",
    subcommands: [
      RoleList.self, RoleDefine.self, RoleRevise.self, RoleRemove.self, RoleGrant.self,
      RoleRevoke.self,
    ])
}
