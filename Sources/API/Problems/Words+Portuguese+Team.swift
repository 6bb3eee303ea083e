import Domain

extension Problem {
  /// The words of refusals that have to do with the team; the others are in `portuguese`.
  var portugueseOfTeam: (title: String, detail: String) {
    switch self {
    case .permissionMissing(let missing):
      (
        "Você não pode fazer isso",
        "Falta a você a permissão “\(missing.permission.rawValue)”\(missing.scope.portuguese). "
          + Self.portuguese(ask: missing.givers, "pode dá-la.", "podem dá-la.")
      )
    case .callerUnknown(let ask):
      (
        "Você não está na equipe",
        "Você está nesta máquina, mas não na equipe deste registro. "
          + Self.portuguese(ask: ask, "pode incluir você.", "podem incluir você.")
      )
    case .credentialRefused(let fault):
      ("O token não foi aceito", fault.portuguese)
    case .assertionRefused(let uid):
      (
        "Você não pode chamar por outros",
        "O uid \(uid) não é um proxy de confiança. Deixe “Tagledger-Operator” fora, ou inclua o "
          + "uid em “proxy.uids” na configuração do daemon."
      )
    case .operatorNotFound(let id):
      ("Esse operador não existe", "Ninguém na equipe é conhecido como “\(id)”.")
    case .operatorNameTaken(let name, let id):
      (
        "Já existe um operador com esse nome",
        "“\(name)” se lê como o nome do operador \(id.rawValue). Escolha outro."
      )
    case .operatorArchived(let id):
      ("O operador está arquivado", "Restaure primeiro o operador \(id.rawValue).")
    case .operatorRevisionChanged(let id, let expected, let actual):
      (
        "O operador mudou nesse meio-tempo",
        "Você viu a revisão \(expected) do operador \(id.rawValue); agora está na \(actual). "
          + "Olhe de novo e decida."
      )
    case .identityTaken(let identity, let id):
      (
        "Outro operador é conhecido assim",
        "\(identity) é o operador \(id.rawValue). Tire dele primeiro."
      )
    case .tokenNotFound(let id): ("Esse token não existe", "Nenhum token tem o número “\(id)”.")
    case .tokenOutlasts(let end):
      (
        "Um token não dá o que dura mais que ele",
        "O token que você usa termina em \(end.text). Indique um fim anterior, ou aja sem token."
      )
    case .roleNotFound(let id):
      ("Esse papel não existe", "Nenhum papel é conhecido como “\(id)”.")
    case .roleNameTaken(let name, let id):
      (
        "Já existe um papel com esse nome",
        "“\(name)” se lê como o nome do papel \(id.rawValue). Escolha outro."
      )
    case .roleFixed:
      (
        "O papel de dono fica como está", "Defina um papel seu com as permissões que quiser."
      )
    case .roleRevisionChanged(let id, let expected, let actual):
      (
        "O papel mudou nesse meio-tempo",
        "Você viu a revisão \(expected) do papel \(id.rawValue); agora está na \(actual). Olhe de "
          + "novo e decida."
      )
    case .permissionUnknown(let text):
      ("Essa permissão não existe", "“\(text)” não é uma; “known” diz quais há.")
    case .grantNotFound(let id):
      ("Essa concessão não existe", "Nenhuma concessão tem o número “\(id)”.")
    case .teamBeyondOwn(let permissions):
      (
        "Você não pode dar o que não tem",
        "Você não tem sem limite: \(permissions.joined(separator: ", ")). Peça a quem tem, como "
          + "um dono."
      )
    case .teamLastOwner:
      (
        "O último dono fica",
        "Alguém conhecido precisa ser dono do registro sem limite. Faça antes outro dono."
      )
    case .textEmpty(let field):
      ("Um texto está vazio", "“\(field)” precisa dizer algo.")
    default: ("", "")
    }
  }

  private static func portuguese(ask names: [String], _ one: String, _ many: String) -> String {
    (names.isEmpty ? "root" : names.joined(separator: ", ")) + " " + (names.count > 1 ? many : one)
  }
}

extension MissingPermission.Scope {
  fileprivate var portuguese: String {
    switch self {
    case .anywhere: ""
    case .everywhere: ", sem limite"
    case .category(let category): " para “\(category)-*”"
    case .uncategorised: " para etiquetas sem categoria"
    }
  }
}

extension CredentialFault {
  fileprivate var portuguese: String {
    switch self {
    case .unknown: "Este registro não conhece esse token. Peça um novo."
    case .malformed: "Envie uma só credencial: “Authorization: Bearer TOKEN”."
    case .expired: "Ele expirou. Peça um novo."
    case .revoked: "Ele foi revogado. Peça um novo."
    case .archived: "O operador dele está arquivado. Quem gerencia a equipe pode restaurá-lo."
    case .otherUser: "Ele está preso a outro usuário desta máquina."
    case .otherOperator: "Você mesmo é outro operador: chame sem ele."
    }
  }
}
