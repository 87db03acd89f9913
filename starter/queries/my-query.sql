-- 某个牵头单位的全部任务。用法：minsheng query queries/my-query.sql --单位 市卫生健康局
SELECT 地区, 年份, 序号, 任务
FROM 事项
WHERE 牵头单位 = $单位
ORDER BY ALL
