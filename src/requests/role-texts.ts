import type { Locale, Texts } from '../core/i18n.ts';

interface RoleTexts {
  /** By the ids that an organization gives them. */
  readonly roles: Readonly<Record<string, string>>;
  readonly comma: string;
}

const en: RoleTexts = {
  roles: {
    ospo: 'open source office',
    'ospo-lead': 'lead of the open source office',
    compliance: 'compliance',
    legal: 'legal',
    patents: 'patents',
    export: 'export control',
    security: 'security',
    architect: 'architecture',
    board: 'review board',
    executive: 'executive sponsor',
    training: 'training',
    mentorship: 'mentorship lead',
    mentor: 'mentor',
    communications: 'communications',
    auditor: 'auditor',
    'cla-manager': 'keeper of contributor agreements',
  },
  comma: ', ',
};

/** What the roles of an organization are called in a sentence. */
const roleTexts: Texts<RoleTexts> = {
  en,
  'zh-CN': {
    roles: {
      ospo: '开源项目办公室',
      'ospo-lead': '开源项目办公室负责人',
      compliance: '合规',
      legal: '法务',
      patents: '专利',
      export: '出口管制',
      security: '安全',
      architect: '架构',
      board: '审查委员会',
      executive: '高层支持者',
      training: '培训',
      mentorship: '导师计划负责人',
      mentor: '导师',
      communications: '传播',
      auditor: '审计',
      'cla-manager': '贡献者协议管理员',
    },
    comma: '、',
  },
};

/** Roles in words; one that only this organization has by its id, as its people write it. */
export function rolesInWords(roles: readonly string[], locale: Locale): string {
  const words = roleTexts[locale];
  return roles.map((role) => words.roles[role] ?? role).join(words.comma);
}
