import ArgumentParser

struct RoleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "role",
    abstract: said(
      en: "Define what may be done, and give it.",
      pt: "Definir o que se pode fazer, e concedê-lo.",
      fr: "Définir ce qui est permis, et l’attribuer."),
    subcommands: [
      RoleList.self, RoleDefine.self, RoleRevise.self, RoleRemove.self, RoleGrant.self,
      RoleRevoke.self,
    ])
}
