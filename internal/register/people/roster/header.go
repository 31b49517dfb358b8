package roster

import (
	"regexp"
	"slices"
	"strings"
)

// claim is what a header text means and how sure that is: the lower the rank, the surer.
type claim struct {
	field Field
	rank  int
}

// heading lists the header words of one field, the surest first, and the parts of a header that mean it, too.
type heading struct {
	field Field
	exact []string
	parts []string
}

// headings are tried from top to bottom; what stands above takes a header away from what stands below
// (特殊工种 from 工种, 进单位时间 from 单位). The words are those of rosters in use and of the template.
var headings = []heading{
	{ID, []string{"身份证号码", "身份证号", "公民身份号码", "公民身份证号码", "居民身份证号码", "身份证", "证件号码", "证件号", "idnumber"}, []string{"身份证", "公民身份", "证件号"}},
	{Name, []string{"姓名", "职工姓名", "员工姓名", "人员姓名", "名字", "name"}, []string{"姓名"}},
	{Sex, []string{"性别", "男/女", "sex", "gender"}, []string{"性别"}},
	{Birth, []string{"出生日期", "出生年月日", "出生年月", "出生时间", "生日", "生年", "dateofbirth", "birth"}, []string{"出生", "生日"}},
	{Joined, []string{"入司时间", "入司日期", "入职时间", "入职日期", "进厂日期", "进厂时间", "进单位时间", "joined", "参加工作时间"}, []string{
		"入司", "入职", "进厂", "入厂", "进单位", "进本单位", "到本单位", "来本单位", "进公司", "入公司", "来公司", "到公司", "进司", "来厂", "来司", "入企", "进企", "到岗", "报到", "本企业工作", "参加工作", "工作时间", "参工"}},
	{Special, []string{"特殊工种", "特种作业", "接害因素", "接害", "hazardousjob"}, []string{"特殊工种", "特种作业", "特种设备", "接害", "有害因素", "危害因素", "职业危害", "职业病危害", "有毒有害"}},
	{Member, []string{"是否会员", "会员", "是否工会会员", "工会会员", "是否入会", "入会情况", "会员身份", "unionmember", "member"}, []string{"会员", "是否入会", "加入工会"}},
	{No, []string{"工号", "职工号", "员工号", "员工编号", "职工编号", "人员编号", "工作证号", "人事编号", "staffno", "employeeno", "编号"}, []string{"工号", "职工号", "员工号", "职工编", "员工编", "人员编", "人事编", "工作证", "职工代码", "员工代码", "人员代码"}},
	{Phone, []string{"手机号码", "手机号", "手机", "联系电话", "移动电话", "联系方式", "电话号码", "电话", "phone"}, []string{"手机", "电话", "联系方式"}},
	{Household, []string{"户籍", "户口", "户籍性质", "户口性质", "户籍类别", "户口类别", "户籍类型", "户籍所在地", "户口所在地", "household"}, []string{"户籍", "户口"}},
	{ModelWorker, []string{"劳模称号", "劳模", "劳动模范", "劳模类型", "劳模级别", "modelworker", "荣誉称号"}, []string{"劳模", "劳动模范"}},
	{Wage, []string{"月应发工资", "应发工资", "月应发", "应发合计", "应发", "月工资", "月平均工资", "月均工资", "工资", "薪资", "月薪", "月收入", "工资标准", "工资收入", "工资总额", "wage", "monthlywage", "实发工资"}, []string{"应发", "月工资", "月均工资", "月平均工资", "月收入", "月薪"}},
	{Department, []string{"部门", "所在部门", "部门名称", "车间", "科室", "车间(科室)", "科室(车间)", "department", "所在单位", "单位", "工作单位"}, nil},
	{Team, []string{"班组", "班组名称", "所在班组", "班组(小组)", "小组", "team", "班别", "工段"}, nil},
	{Site, []string{"外派", "外派地点", "工地", "外派工地", "外地施工", "项目部", "site", "施工地点"}, []string{"外派", "工地", "外驻", "驻外", "派驻", "外地", "项目部"}},
	{Employment, []string{"用工形式", "用工性质", "用工类别", "用工方式", "用工类型", "employment", "合同类型", "人员类别", "职工类别", "员工类别", "编制"}, []string{"用工", "合同类", "合同性质", "人员类", "人员性质", "职工类", "员工类", "员工性质"}},
	{Department, nil, []string{"部门", "车间", "科室", "处室", "单位"}},
	{Team, nil, []string{"班组"}},
	{Post, []string{"岗位", "岗位名称", "岗位(工种)", "岗位/工种", "工种", "职务", "post", "职务(岗位)", "从事工作"}, []string{"岗位", "工种", "职务"}},
	{Note, []string{"备注", "说明", "note", "remarks"}, []string{"备注"}},
}

// serials are headers of a running number: recognised, and never a staff number.
var serials = []string{"序号", "序", "no", "顺序号", "行号", "#"}

// others are words of columns that only look like ours: another person's data, another date, a part of the wage.
var others = regexp.MustCompile(`联系人|紧急|配偶|家属|家庭|子女|父母|监护|年龄|工龄|学历|学位|职称|技能|政治|民族|籍贯|银行|卡号|账号|邮箱|微信|学校|毕业|专业|入党|入团|入会时间|入会日期|会员证|会员号|会员编号|会费|退休时间|退休日期|合同期|到期|签订|变动|调动|离职|离岗|岗位工资|技能工资|基本工资|年薪|年收入|工资卡|证书|有效期|发证|住址|体检|上岗|用工单位|派遣单位|劳务公司|用人单位|工会职务|党内职务|党务`)

var bracket = regexp.MustCompile(`\([^)]*\)|\[[^\]]*\]|【[^】]*】|<[^>]*>`)

// headerText is a header as it is shown: without breaks, spaces and stars.
func headerText(s string) string {
	return strings.Trim(squeeze(halfWidth(s)), "*:;、,.")
}

// claimOf reads one header text; a text of more than twenty characters is a remark, not a header.
func claimOf(s string) (claim, bool) {
	full := strings.ToLower(headerText(s))
	if full == "" || len([]rune(full)) > 20 || others.MatchString(full) {
		return claim{}, false
	}
	if slices.Contains(serials, full) {
		return claim{}, true
	}
	bare := headerText(bracket.ReplaceAllString(full, ""))
	for _, text := range []string{full, bare} {
		for _, h := range headings {
			if i := slices.Index(h.exact, text); i >= 0 {
				return claim{h.field, i}, true
			}
		}
	}
	for _, h := range headings {
		for i, part := range h.parts {
			if strings.Contains(bare, part) {
				return claim{h.field, 20 + i}, true
			}
		}
	}
	return claim{}, false
}

// claimUnder reads a header of two lines: the lower line counts, with the upper one as its sense.
func claimUnder(top, sub string) (claim, string, bool) {
	both := headerText(top) + headerText(sub)
	switch {
	case headerText(sub) == "":
		c, ok := claimOf(top)
		return c, headerText(top), ok
	case others.MatchString(strings.ToLower(both)):
		return claim{}, both, false
	}
	if c, ok := claimOf(sub); ok {
		return c, headerText(sub), true
	}
	c, ok := claimOf(both)
	if c.field == Wage && c.rank >= 20 {
		return claim{}, both, false // a part of the wage under a common head
	}
	return c, both, ok
}
